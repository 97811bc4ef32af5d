package io.wgsd.discovery.route;

import io.wgsd.discovery.Routes;
import io.wgsd.model.CryptokeyRouting;
import io.wgsd.model.Device;
import io.wgsd.model.Endpoint;
import io.wgsd.model.IpAddress;
import io.wgsd.model.Moment;
import io.wgsd.model.Peer;
import io.wgsd.model.PublicKey;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What can be reached from this host, and how. It rarely asks the system, because each reading is about thousands of
 * peers.
 *
 * <p>Not thread-safe.
 */
public final class Reachability {

    private static final Duration LIFETIME = Duration.ofSeconds(10);
    private static final int DISCARD = 9;

    private final Routes routes;
    private final Supplier<List<InetSocketAddress>> servers;
    private final Map<Endpoint, Finding> findings = new HashMap<>();
    private final Map<PublicKey, Boolean> routed = new HashMap<>();
    private final Map<InetSocketAddress, RegistryPath> paths = new HashMap<>();
    private final Set<Endpoint> used = new HashSet<>();
    private volatile boolean changed;
    private @Nullable Current current;

    public Reachability(Routes routes, Supplier<List<InetSocketAddress>> servers) {
        this.routes = routes;
        this.servers = servers;
    }

    private record Current(
            Device device, EndpointRules rules, CryptokeyRouting routing, Set<IpAddress> own, Moment at) {}

    /**
     * Reports that interfaces, addresses or routes have changed, so that the next update asks again; from any thread.
     */
    public void changed() {
        changed = true;
    }

    /**
     * Asks the system again if the device or the network has changed, or the last time is long ago; returns whether it
     * did.
     */
    public boolean update(Device device, Moment at) {
        Current known = current;
        List<InetSocketAddress> asked = servers.get();
        boolean same = known != null
                && isSame(known.device(), device)
                && paths.keySet().equals(Set.copyOf(asked));
        if (known != null && same && !changed && at.since(known.at()).compareTo(LIFETIME) < 0) {
            return false;
        }
        // Before the questions, so that a change meanwhile leads to another update.
        changed = false;
        routed.clear();
        paths.clear();
        CryptokeyRouting routing = known != null && same ? known.routing() : CryptokeyRouting.of(device);
        asked.forEach(server -> paths.put(server, RegistryPath.of(server, device, routing, routes)));
        EndpointRules rules = new EndpointRules(device, registries(), routing, routes);
        current = new Current(device, rules, routing, routes.addresses(device.name()), at);
        renew(rules);
        return true;
    }

    /**
     * Asks again about the endpoints that were wanted since the last update: in one go, which costs much less than one
     * by one.
     */
    private void renew(EndpointRules rules) {
        findings.keySet().retainAll(used);
        used.clear();
        Set<Endpoint> endpoints = Set.copyOf(findings.keySet());
        findings.putAll(rules.findings(endpoints, endpoints));
    }

    /** Returns the peers through which registries are reached. */
    public Set<PublicKey> registries() {
        Set<PublicKey> keys = new HashSet<>();
        paths.values().forEach(path -> path.peer().ifPresent(keys::add));
        return keys;
    }

    /**
     * Returns from which of the device's addresses a registry is asked; empty where it is not reached through the
     * device.
     */
    public Optional<InetAddress> tunnelSource(InetSocketAddress server) {
        return Optional.ofNullable(paths.get(server)).flatMap(RegistryPath::tunnelSource);
    }

    /** Returns why a registry is not known to be reached through the device; empty where it is. */
    public Optional<String> obstacle(InetSocketAddress server) {
        return Optional.ofNullable(paths.get(server)).flatMap(RegistryPath::obstacle);
    }

    public Optional<PublicKey> registryPeer(InetSocketAddress server) {
        return Optional.ofNullable(paths.get(server)).flatMap(RegistryPath::peer);
    }

    /** Returns what speaks against each endpoint that is known; asks in one go about those that are not known yet. */
    public Map<Endpoint, Finding> findings(Set<Endpoint> endpoints) {
        Current here = current;
        if (here == null) {
            return Map.of();
        }
        used.addAll(endpoints);
        Set<Endpoint> unknown = new HashSet<>(endpoints);
        unknown.removeAll(findings.keySet());
        if (!unknown.isEmpty()) {
            findings.putAll(here.rules().findings(unknown, unknown));
        }
        return Collections.unmodifiableMap(findings);
    }

    /** Returns those of the peers to which a datagram can be sent through the tunnel. */
    public Set<PublicKey> routed(Set<PublicKey> keys) {
        Current here = current;
        if (here == null) {
            return Set.of();
        }
        askForRoutes(keys, here);
        Set<PublicKey> into = new HashSet<>();
        for (PublicKey key : keys) {
            if (Boolean.TRUE.equals(routed.get(key))) {
                into.add(key);
            }
        }
        return into;
    }

    /** Asks the system in one go about those peers of which it is not known yet. */
    private void askForRoutes(Set<PublicKey> keys, Current here) {
        Set<PublicKey> unknown = new HashSet<>(keys);
        unknown.removeAll(routed.keySet());
        Map<PublicKey, InetSocketAddress> targets = new HashMap<>();
        for (PublicKey key : unknown) {
            here.device()
                    .peer(key)
                    .flatMap(peer -> TunnelAddress.of(peer, here.routing()))
                    .map(address -> routes.onLink(here.device().name(), address))
                    .ifPresent(address -> targets.put(key, new InetSocketAddress(address, DISCARD)));
        }
        Map<InetSocketAddress, IpAddress> sources = targets.isEmpty() ? Map.of() : routes.sources(targets.values());
        for (PublicKey key : unknown) {
            InetSocketAddress target = targets.get(key);
            IpAddress source = target == null ? null : sources.get(target);
            routed.put(key, source != null && here.own().contains(source));
        }
    }

    /** Compares what matters here; readings share what did not change, so that this is quick. */
    private static boolean isSame(Device one, Device other) {
        List<Peer> before = one.peers();
        List<Peer> after = other.peers();
        if (one.listenPort() != other.listenPort()
                || one.firewallMark() != other.firewallMark()
                || before.size() != after.size()) {
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
