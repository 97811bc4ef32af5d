package io.wgsd.command.host;

import io.wgsd.model.IpAddress;
import io.wgsd.model.IpPrefix;
import java.util.List;
import java.util.stream.Stream;

/** The networks whose addresses mean nothing outside of them. */
public final class PrivateNetworks {

    /** RFC 1918, RFC 6598, RFC 4193 and link-local addresses. */
    private static final List<IpPrefix> ALL = Stream.of(
                    "10.0.0.0/8",
                    "172.16.0.0/12",
                    "192.168.0.0/16",
                    "100.64.0.0/10",
                    "169.254.0.0/16",
                    "fc00::/7",
                    "fe80::/10")
            .map(IpPrefix::parse)
            .toList();

    private PrivateNetworks() {}

    /** Returns whether an address is in one of them. */
    public static boolean contain(IpAddress address) {
        return ALL.stream().anyMatch(prefix -> prefix.contains(address));
    }
}
