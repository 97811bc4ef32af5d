package io.wgsd.discovery;

import io.wgsd.model.CryptokeyRouting;
import io.wgsd.model.Device;
import io.wgsd.model.Endpoint;
import io.wgsd.model.IpAddress;
import io.wgsd.model.Peer;
import io.wgsd.model.PublicKey;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What can be reached from here, and how: asked of the system seldom, for thousands of peers are asked about at every look.
 *
 * <p>Not thread-safe.
 */
final class Reach {

    private static final Duration LIFETIME = Duration.ofSeconds(10);

    /** A network that comes up is to be used at once. */
    private static final Duration REFUSAL_LIFETIME = Duration.ofMillis(200);

    private final Routes routes;
    private final List<InetSocketAddress> servers;
    private final Map<Endpoint, Refusal> refusals = new HashMap<>();
    private final Map<PublicKey, Boolean> routed = new HashMap<>();
    private final Map<InetSocketAddress, RegistryPath> paths = new HashMap<>();
    private @Nullable Current current;

    Reach(Routes routes, List<InetSocketAddress> servers) {
        this.routes = routes;
        this.servers = List.copyOf(servers);
    }

    private record Refusal(Optional<String> text, Moment at) {}

    private record Current(
            Device device, EndpointRules rules, CryptokeyRouting routing, Set<IpAddress> own, Moment at) {}

    /** Looks around again where the device is another, or the last time is long ago; returns whether it did. */
    boolean update(Device device, Moment at) {
        Current known = current;
        if (known != null && at.since(known.at()).compareTo(LIFETIME) < 0 && isSame(known.device(), device)) {
            return false;
        }
        refusals.clear();
        routed.clear();
        paths.clear();
        CryptokeyRouting routing = CryptokeyRouting.of(device);
        servers.forEach(server -> paths.put(server, RegistryPath.of(server, device, routing, routes)));
        current = new Current(
                device,
                new EndpointRules(device, registries(), routing, routes),
                routing,
                routes.addresses(device.name()),
                at);
        return true;
    }

    /** Returns the peers through whom registries are reached. */
    Set<PublicKey> registries() {
        Set<PublicKey> keys = new HashSet<>();
        paths.values().forEach(path -> path.peer().ifPresent(keys::add));
        return keys;
    }

    /** Returns from which of the device's addresses a registry is asked; empty where it is not reached through the device. */
    Optional<InetAddress> tunnelSource(InetSocketAddress server) {
        return Optional.ofNullable(paths.get(server))
                .flatMap(RegistryPath::tunnelSource)
                .map(IpAddress::toInetAddress);
    }

    Optional<PublicKey> registryPeer(InetSocketAddress server) {
        return Optional.ofNullable(paths.get(server)).flatMap(RegistryPath::peer);
    }

    /** Returns why an endpoint must not be written; empty where it may be. */
    Optional<String> refusal(Endpoint endpoint, Moment at) {
        Current here = current;
        Refusal known = refusals.get(endpoint);
        if (here == null || (known != null && (known.text().isEmpty() || !isStale(known, at)))) {
            return known == null ? Optional.empty() : known.text();
        }
        Refusal found = new Refusal(here.rules().refusal(endpoint), at);
        refusals.put(endpoint, found);
        return found.text();
    }

    /** Returns whether a datagram to one of the peer's addresses goes into the tunnel. */
    boolean isRouted(PublicKey key) {
        Current here = current;
        return here != null
                && routed.computeIfAbsent(
                        key,
                        each -> here.device()
                                .peer(each)
                                .flatMap(peer -> TunnelAddress.of(peer, here.routing()))
                                .flatMap(address -> routes.source(new InetSocketAddress(address.toInetAddress(), 9)))
                                .filter(here.own()::contains)
                                .isPresent());
    }

    private static boolean isStale(Refusal refusal, Moment at) {
        return at.since(refusal.at()).compareTo(REFUSAL_LIFETIME) >= 0;
    }

    /** Compares what matters here; readings share what did not change, so that this is quick. */
    private static boolean isSame(Device one, Device other) {
        List<Peer> before = one.peers();
        List<Peer> after = other.peers();
        if (one.listenPort() != other.listenPort() || before.size() != after.size()) {
            return false;
        }
        for (int i = 0; i < before.size(); i++) {
            if (!before.get(i).publicKey().equals(after.get(i).publicKey())
                    || !before.get(i).allowedIps().equals(after.get(i).allowedIps())) {
                return false;
            }
        }
        return true;
    }
}
