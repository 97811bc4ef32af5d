package io.wgsd.testkit.net.ip;

import io.wgsd.model.IpAddress;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A node's addresses: at most one of each family. Immutable. */
public record Addresses(@Nullable IpAddress v4, @Nullable IpAddress v6) {

    public static Addresses of(Collection<IpAddress> addresses, String node) {
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

    public @Nullable IpAddress family(boolean ipv6) {
        return ipv6 ? v6 : v4;
    }

    public IpAddress required(boolean ipv6, String node) {
        IpAddress address = family(ipv6);
        if (address == null) {
            throw new IllegalStateException(node + " has no " + (ipv6 ? "IPv6" : "IPv4") + " address");
        }
        return address;
    }

    /** Returns them as a list. */
    public List<IpAddress> all() {
        return Stream.of(Optional.ofNullable(v4), Optional.ofNullable(v6))
                .flatMap(Optional::stream)
                .toList();
    }
}
