package io.wgsd.server.transport;

import io.wgsd.model.IpAddress;

/**
 * Where a message came from. Immutable and thread-safe.
 *
 * @param address the source address, which may be forged; never an IPv4-mapped one
 * @param arrival through which interface it came
 * @param protocol what carried it
 * @param port the source port; 0 where nobody needs to know
 */
public record QuerySource(IpAddress address, Arrival arrival, Protocol protocol, int port) {

    /**
     * Makes a source of which the port does not matter.
     *
     * @param address the source address
     * @param arrival through which interface the message came
     * @param protocol what carried it
     */
    public QuerySource(IpAddress address, Arrival arrival, Protocol protocol) {
        this(address, arrival, protocol, 0);
    }
}
