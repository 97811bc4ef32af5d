package io.wgsd.testkit.net;

import io.wgsd.model.IpAddress;

/** A host or a NAT, which has an address in a {@link SimulatedNet}. */
public sealed interface Node permits SimulatedHost, SimulatedNat {

    /**
     * Returns its name in events and messages.
     *
     * @return a name that no other node of the net has
     */
    String name();

    /**
     * Returns the node's address of one family.
     *
     * @param ipv6 whether the IPv6 address is asked for, else the IPv4 one
     * @return the address
     * @throws IllegalStateException if it has none of that family
     */
    IpAddress address(boolean ipv6);
}
