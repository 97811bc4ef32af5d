package io.wgsd.discovery.route;

import io.wgsd.discovery.Routes;
import io.wgsd.model.Device;
import io.wgsd.model.Endpoint;
import io.wgsd.model.IpAddress;
import io.wgsd.model.IpPrefix;
import io.wgsd.spi.NetworkChanges;
import io.wgsd.spi.OuterRoute;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A host with one outer address and a device, both IPv4 only unless a test adds more. */
public final class FakeRoutes implements Routes {

    public static final IpAddress OUTER = IpAddress.parse("198.51.100.7");
    public static final IpAddress INNER = IpAddress.parse("10.0.0.2");

    private final Set<IpAddress> ofHost = new HashSet<>(Set.of(OUTER, INNER));
    private final Set<IpAddress> ofDevice = new HashSet<>(Set.of(INNER));
    private final Map<IpPrefix, IpAddress> sources = new ConcurrentHashMap<>();
    private final Map<Endpoint, OuterRoute> outer = new HashMap<>();
    private @Nullable NetworkChanges changes;
    private final List<InetSocketAddress> asked = new ArrayList<>();
    private int calls;
    private int index;

    public FakeRoutes() {
        route("0.0.0.0/0", OUTER);
        route("10.0.0.0/24", INNER);
    }

    public FakeRoutes route(String prefix, IpAddress source) {
        sources.put(IpPrefix.parse(prefix), source);
        return this;
    }

    /** Gives the host another address. */
    public FakeRoutes host(String address) {
        ofHost.add(IpAddress.parse(address));
        return this;
    }

    /** Gives the device another address. */
    FakeRoutes tunnel(String address) {
        ofDevice.add(IpAddress.parse(address));
        return this;
    }

    /** Gives the device an index. */
    FakeRoutes link(int value) {
        index = value;
        return this;
    }

    /** Sets where packets of the device's own leave. */
    FakeRoutes outer(String endpoint, OuterRoute route) {
        outer.put(Endpoint.parse(endpoint), route);
        return this;
    }

    public FakeRoutes changes(NetworkChanges value) {
        changes = value;
        return this;
    }

    /** Returns how often anything was asked. */
    public int calls() {
        return calls;
    }

    /** Returns the destinations for which routes were asked. */
    List<InetSocketAddress> asked() {
        return asked;
    }

    @Override
    public Map<Endpoint, OuterRoute> outerRoutes(Device device, Collection<Endpoint> endpoints) {
        calls++;
        return outer;
    }

    @Override
    public InetAddress onLink(String device, IpAddress address) {
        try {
            return address.isIpv6() && address.isLinkLocal()
                    ? Inet6Address.getByAddress(null, address.toBytes(), index)
                    : address.toInetAddress();
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public Optional<NetworkChanges> changes() {
        return Optional.ofNullable(changes);
    }

    @Override
    public Set<IpAddress> addresses() {
        calls++;
        return ofHost;
    }

    @Override
    public Set<IpAddress> addresses(String device) {
        calls++;
        return device.equals("wg0") ? ofDevice : Set.of();
    }

    @Override
    public Map<InetSocketAddress, IpAddress> sources(Collection<InetSocketAddress> destinations) {
        calls++;
        return Routes.super.sources(destinations);
    }

    @Override
    public synchronized Optional<IpAddress> source(InetSocketAddress destination) {
        asked.add(destination);
        IpAddress address = IpAddress.of(destination.getAddress());
        return sources.entrySet().stream()
                .filter(route -> route.getKey().contains(address))
                .max(Map.Entry.comparingByKey((a, b) -> Integer.compare(a.length(), b.length())))
                .map(Map.Entry::getValue);
    }
}
