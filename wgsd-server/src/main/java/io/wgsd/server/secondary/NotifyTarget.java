package io.wgsd.server.secondary;

import io.wgsd.dnssd.TsigKey;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * A secondary that is notified. Immutable and thread-safe.
 *
 * @param address where it listens
 * @param key what notifications are signed with (RFC 8945); empty for none
 */
public record NotifyTarget(InetSocketAddress address, Optional<TsigKey> key) {}
