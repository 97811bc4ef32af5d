package io.wgsd.server.transport;

import io.wgsd.model.IpAddress;
import io.wgsd.model.IpPrefix;

/**
 * Who pays for what a connection takes up: one client for everything that one can do from several addresses.
 *
 * <p>Immutable and thread-safe.
 *
 * @param standing with whom it shares what is bounded in all
 * @param identity what tells it from others of its standing, such as a peer's key; has {@code equals}
 */
public record Client(Standing standing, Object identity) {

    private static final int IPV4_NETWORK = 24;
    private static final int IPV6_NETWORK = 56;

    /** Clients that get into each other's way, and into nobody else's. */
    public enum Standing {
        /** Peers, this host, and who shows a key. */
        KNOWN,
        /** Others who may ask. */
        ALLOWED,
        /** Who is refused everything. */
        STRANGER
    }

    /**
     * Returns the client for an address of which nothing else is known: its whole /24 or /56, because one host alone
     * can easily have that many addresses.
     *
     * @param standing the standing
     * @param address the address, never an IPv4-mapped one
     * @return the client
     */
    public static Client network(Standing standing, IpAddress address) {
        return new Client(standing, new IpPrefix(address, address.isIpv6() ? IPV6_NETWORK : IPV4_NETWORK));
    }
}
