package io.wgsd.discovery;

import io.wgsd.model.IpAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The running system's addresses and routes, as connecting a UDP socket shows them, which sends nothing. */
final class SystemRoutes implements Routes {

    @Override
    public Set<IpAddress> addresses() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(SystemRoutes::addresses)
                    .collect(Collectors.toUnmodifiableSet());
        } catch (SocketException e) {
            return Set.of();
        }
    }

    @Override
    public Set<IpAddress> addresses(String device) {
        try {
            NetworkInterface found = NetworkInterface.getByName(device);
            return found == null ? Set.of() : addresses(found).collect(Collectors.toUnmodifiableSet());
        } catch (SocketException e) {
            return Set.of();
        }
    }

    @Override
    public Optional<IpAddress> source(InetSocketAddress destination) {
        try (RouteProbe probe = new RouteProbe()) {
            return probe.source(destination);
        }
    }

    @Override
    public Map<InetSocketAddress, IpAddress> sources(Collection<InetSocketAddress> destinations) {
        Map<InetSocketAddress, IpAddress> sources = new HashMap<>();
        try (RouteProbe probe = new RouteProbe()) {
            destinations.forEach(
                    destination -> probe.source(destination).ifPresent(address -> sources.put(destination, address)));
        }
        return sources;
    }

    private static Stream<IpAddress> addresses(NetworkInterface each) {
        return each.inetAddresses().map(IpAddress::of);
    }
}
