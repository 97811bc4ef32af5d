package io.wgsd.server.zone;

import io.wgsd.model.IpAddress;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/** What follows from where a registry listens. */
public final class ServerAddresses {

    private ServerAddresses() {}

    public static Set<IpAddress> of(Collection<InetSocketAddress> listening) {
        return listening.stream().map(ServerAddresses::ip).collect(Collectors.toUnmodifiableSet());
    }

    private static IpAddress ip(InetSocketAddress address) {
        return IpAddress.of(address.getAddress()).unmapped();
    }
}
