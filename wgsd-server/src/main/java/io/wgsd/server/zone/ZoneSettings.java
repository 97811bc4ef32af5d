package io.wgsd.server.zone;

import io.wgsd.dnssd.Advertiser;
import io.wgsd.dnssd.ZoneOptions;

/**
 * How a zone is made of a device.
 *
 * @param options what it has besides peers
 * @param advertiser which peers it has
 * @param signatures whether it is signed
 */
public record ZoneSettings(ZoneOptions options, Advertiser advertiser, ZoneSigning signatures) {}
