package io.wgsd.server.transport.bind;

import java.net.InetAddress;
import java.util.List;

/**
 * A network interface as it is at one moment. Immutable and thread-safe.
 *
 * @param name its name
 * @param index its index, which no later interface of that name will have
 * @param addresses its addresses, with their scope where they have one
 */
public record Link(String name, int index, List<InetAddress> addresses) {

    /**
     * Makes a link with a copy of the addresses.
     *
     * @param name its name
     * @param index its index
     * @param addresses its addresses
     */
    public Link {
        addresses = List.copyOf(addresses);
    }
}
