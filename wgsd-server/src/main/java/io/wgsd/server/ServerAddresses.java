package io.wgsd.server;

import io.wgsd.model.IpAddress;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/** What follows from where a registry listens. */
final class ServerAddresses {

    private ServerAddresses() {}

    static Set<IpAddress> of(Collection<InetSocketAddress> listening) {
        return listening.stream().map(ServerAddresses::ip).collect(Collectors.toUnmodifiableSet());
    }

    private static IpAddress ip(InetSocketAddress address) {
        return IpAddress.of(address.getAddress()).unmapped();
    }
}
