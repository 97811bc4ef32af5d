package io.wgsd.server;

import io.wgsd.model.IpAddress;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What follows from where a registry listens. */
final class ServerAddresses {

    private ServerAddresses() {}

    static Set<IpAddress> of(Collection<InetSocketAddress> listening) {
        return listening.stream().map(ServerAddresses::ip).collect(Collectors.toUnmodifiableSet());
    }

    /** Returns where a name server is reached from other hosts; its loopback addresses only where there are no others. */
    static List<IpAddress> reachable(Collection<InetSocketAddress> listening) {
        List<IpAddress> all =
                listening.stream().map(ServerAddresses::ip).distinct().sorted().toList();
        List<IpAddress> reachable = all.stream()
                .filter(address -> !address.isLoopback() && !address.isLinkLocal())
                .toList();
        return reachable.isEmpty() ? all : reachable;
    }

    private static IpAddress ip(InetSocketAddress address) {
        return IpAddress.of(address.getAddress()).unmapped();
    }
}
