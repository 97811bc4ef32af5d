package io.wgsd.discovery.route;

import io.wgsd.discovery.Routes;
import io.wgsd.model.CryptokeyRouting;
import io.wgsd.model.Device;
import io.wgsd.model.Endpoint;
import io.wgsd.model.IpAddress;
import io.wgsd.model.PublicKey;
import io.wgsd.model.UnusableAddress;
import io.wgsd.spi.OuterRoute;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Decides which endpoints are never written, no matter which registry advertises them, since no peer can be reached
 * there.
 */
public final class EndpointRules {

    private final Device device;
    private final Set<Endpoint> ofRegistries;
    private final CryptokeyRouting routing;
    private final Set<IpAddress> ofDevice;
    private final Set<IpAddress> ofHost;
    private final Routes routes;

    /**
     * Makes the rules for one reading of a device.
     *
     * @param registries the peers through which registries are reached: no other peer can be at their endpoints
     */
    public EndpointRules(Device device, Set<PublicKey> registries, CryptokeyRouting routing, Routes routes) {
        this.device = device;
        ofRegistries = registries.stream()
                .flatMap(key -> device.peer(key).stream())
                .flatMap(peer -> peer.endpoint().stream())
                .collect(Collectors.toUnmodifiableSet());
        this.routing = routing;
        this.routes = routes;
        ofDevice = routes.addresses(device.name());
        ofHost = routes.addresses();
    }

    /** Returns what speaks against an endpoint that packets have to reach. */
    Finding finding(Endpoint endpoint) {
        return findings(Set.of(endpoint), Set.of(endpoint)).getOrDefault(endpoint, Finding.GOOD);
    }

    /**
     * Returns what speaks against each of several endpoints.
     *
     * @param toReach those of them that packets have to reach
     */
    public Map<Endpoint, Finding> findings(Set<Endpoint> endpoints, Set<Endpoint> toReach) {
        Map<Endpoint, Finding> findings = new HashMap<>();
        Set<Endpoint> others = new HashSet<>();
        for (Endpoint endpoint : endpoints) {
            Optional<String> refusal = refusalByAddress(endpoint);
            findings.put(endpoint, refusal.map(Finding::refused).orElse(Finding.GOOD));
            if (refusal.isEmpty() && toReach.contains(endpoint)) {
                others.add(endpoint);
            }
        }
        Map<Endpoint, OuterRoute> asked = others.isEmpty() ? Map.of() : routes.outerRoutes(device, others);
        Map<Endpoint, InetSocketAddress> unasked = new HashMap<>();
        for (Endpoint endpoint : others) {
            OuterRoute route = asked.get(endpoint);
            if (route == null) {
                unasked.put(endpoint, new InetSocketAddress(endpoint.address().toInetAddress(), endpoint.port()));
            } else {
                findings.put(endpoint, finding(route));
            }
        }
        Set<InetSocketAddress> routed = routes.sources(unasked.values()).keySet();
        unasked.forEach((endpoint, address) ->
                findings.put(endpoint, findingUnasked(endpoint.address(), routed.contains(address))));
        return findings;
    }

    private Finding finding(OuterRoute route) {
        String name = device.name();
        return switch (route) {
            case OUTSIDE -> Finding.GOOD;
            case INTO_ITSELF ->
                Finding.refused("packets of " + name + "'s own to it would go into " + name + " itself");
            case NONE -> Finding.refused("this host has no route to it for packets of " + name + "'s own");
            case UNKNOWN ->
                Finding.doubted("nobody here has UDP port " + device.listenPort() + ", so " + name
                        + "'s socket may be in another network namespace, whose routes are not known here");
        };
    }

    /**
     * Judges where the system cannot say how the device's packets are routed: an address in the allowed IPs is taken to
     * be inside the tunnel. An application's route proves nothing, since the device's mark may choose another.
     */
    private Finding findingUnasked(IpAddress address, boolean routed) {
        Optional<Finding> inside = inTunnel(address).map(Finding::refused);
        return inside.orElseGet(
                () -> routed ? Finding.GOOD : Finding.doubted("an application on this host has no route to it"));
    }

    private Optional<String> refusalByAddress(Endpoint endpoint) {
        IpAddress address = endpoint.address();
        Optional<String> unusable = UnusableAddress.reason(address);
        if (unusable.isPresent()) {
            return unusable;
        }
        if (ofRegistries.contains(endpoint)) {
            return Optional.of("a registry's own WireGuard is there");
        }
        Optional<String> near = refusalOfNear(address, endpoint.port());
        return near.isPresent()
                ? near
                : UnusableAddress.embedded(address)
                        .flatMap(inner -> refusalOfNear(inner, endpoint.port())
                                .or(() -> inTunnel(inner))
                                .map(why -> "it stands for " + inner + ": " + why));
    }

    /** Returns why an address of this host is refused; empty for all others. */
    private Optional<String> refusalOfNear(IpAddress address, int port) {
        if (ofDevice.contains(address) || (port == device.listenPort() && ofHost.contains(address))) {
            return Optional.of("it is " + device.name() + "'s own");
        }
        if (ofHost.contains(address)) {
            return Optional.of(
                    "it is this host's own address, where " + device.name() + " has port " + device.listenPort());
        }
        return Optional.empty();
    }

    private Optional<String> inTunnel(IpAddress address) {
        return routing.routeWithoutDefault(address)
                .map(owner -> "it is inside the tunnel, in the allowed IPs of " + owner);
    }
}
