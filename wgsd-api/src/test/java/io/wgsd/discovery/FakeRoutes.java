package io.wgsd.discovery;

import io.wgsd.model.IpAddress;
import io.wgsd.model.IpPrefix;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A host with one outer address and a device, both IPv4 only unless a test adds more. */
final class FakeRoutes implements Routes {

    static final IpAddress OUTER = IpAddress.parse("198.51.100.7");
    static final IpAddress INNER = IpAddress.parse("10.0.0.2");

    private final Set<IpAddress> ofHost = new HashSet<>(Set.of(OUTER, INNER));
    private final Map<IpPrefix, IpAddress> sources = new HashMap<>();

    FakeRoutes() {
        route("0.0.0.0/0", OUTER);
        route("10.0.0.0/24", INNER);
    }

    FakeRoutes route(String prefix, IpAddress source) {
        sources.put(IpPrefix.parse(prefix), source);
        return this;
    }

    @Override
    public Set<IpAddress> addresses() {
        return ofHost;
    }

    @Override
    public Set<IpAddress> addresses(String device) {
        return device.equals("wg0") ? Set.of(INNER) : Set.of();
    }

    @Override
    public Optional<IpAddress> source(InetSocketAddress destination) {
        IpAddress address = IpAddress.of(destination.getAddress());
        return sources.entrySet().stream()
                .filter(route -> route.getKey().contains(address))
                .max(Map.Entry.comparingByKey((a, b) -> Integer.compare(a.length(), b.length())))
                .map(Map.Entry::getValue);
    }
}
