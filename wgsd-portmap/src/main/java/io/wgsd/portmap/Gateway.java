package io.wgsd.portmap;

import io.wgsd.model.IpAddress;
import java.util.Objects;

/**
 * A router before this host, and this host's address towards it.
 *
 * @param address the router's address in the network that it shares with this host
 * @param local the address from which this host sends to it, and to which it is to forward
 */
public record Gateway(IpAddress address, IpAddress local) {

    /**
     * Refuses what is no IPv4 address: there are no mapped ports for IPv6 here.
     *
     * @param address the router's address
     * @param local this host's address
     * @throws IllegalArgumentException if one is an IPv6 address
     */
    public Gateway {
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(local, "local");
        if (address.isIpv6() || local.isIpv6()) {
            throw new IllegalArgumentException("ports are mapped for IPv4 only, was " + local + " behind " + address);
        }
    }

    /**
     * Returns a gateway.
     *
     * @param address the router's address
     * @param local this host's address
     * @return the gateway
     * @throws IllegalArgumentException if one is an IPv6 address
     */
    public static Gateway of(IpAddress address, IpAddress local) {
        return new Gateway(address, local);
    }
}
