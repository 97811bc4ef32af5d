package io.wgsd.server;

import io.wgsd.dnssd.Advertiser;
import io.wgsd.dnssd.ZoneOptions;
import io.wgsd.model.CryptokeyRouting;
import io.wgsd.model.IpAddress;
import io.wgsd.model.IpPrefix;
import io.wgsd.server.answer.AccessPolicy;
import io.wgsd.server.answer.Outsiders;
import io.wgsd.server.answer.Responder;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * What can be changed while a registry runs.
 *
 * @param responder how answers are made
 * @param zone what the zone has besides peers
 * @param advertiser which peers it has
 * @param signatures whether it is signed
 * @param visibility which peers see which
 * @param outsiders what others may have
 * @param mayTransfer who may have the whole zone
 * @param staleLimit how old a reading may be
 */
record Settings(
        Responder responder,
        ZoneOptions zone,
        Advertiser advertiser,
        Signatures signatures,
        VisibilityPolicy visibility,
        Outsiders outsiders,
        List<IpPrefix> mayTransfer,
        Duration staleLimit) {

    AccessPolicy policy(CryptokeyRouting peers, Set<IpAddress> own) {
        return new AccessPolicy(peers, own, outsiders, mayTransfer);
    }
}
