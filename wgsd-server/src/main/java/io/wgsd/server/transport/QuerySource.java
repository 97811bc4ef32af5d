package io.wgsd.server.transport;

import io.wgsd.model.IpAddress;

/**
 * Where a message came from. Immutable and thread-safe.
 *
 * @param address the source address, which may be forged; never an IPv4-mapped one
 * @param arrival through which interface it came
 * @param protocol what carried it
 */
public record QuerySource(IpAddress address, Arrival arrival, Protocol protocol) {}
