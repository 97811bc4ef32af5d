package io.wgsd.testkit.net;

import io.wgsd.model.IpAddress;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** A node's addresses: at most one of each family. Immutable. */
record Addresses(@Nullable IpAddress v4, @Nullable IpAddress v6) {

    static Addresses of(Collection<IpAddress> addresses, String node) {
        IpAddress v4 = null;
        IpAddress v6 = null;
        for (IpAddress address : addresses) {
            if ((address.isIpv6() ? v6 : v4) != null) {
                throw new IllegalArgumentException(
                        node + " has at most one address of each family, was given " + addresses);
            }
            if (address.isIpv6()) {
                v6 = address;
            } else {
                v4 = address;
            }
        }
        return new Addresses(v4, v6);
    }

    @Nullable
    IpAddress family(boolean ipv6) {
        return ipv6 ? v6 : v4;
    }

    IpAddress required(boolean ipv6, String node) {
        IpAddress address = family(ipv6);
        if (address == null) {
            throw new IllegalStateException(node + " has no " + (ipv6 ? "IPv6" : "IPv4") + " address");
        }
        return address;
    }
}
