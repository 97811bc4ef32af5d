package io.wgsd.discovery;

import io.wgsd.model.CryptokeyRouting;
import io.wgsd.model.Device;
import io.wgsd.model.Endpoint;
import io.wgsd.model.IpAddress;
import io.wgsd.model.PublicKey;
import io.wgsd.model.UnusableAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Which endpoints are never written, whoever advertises them, because no peer can be reached there. */
final class EndpointRules {

    private final Device device;
    private final Set<Endpoint> ofRegistries;
    private final CryptokeyRouting routing;
    private final Set<IpAddress> ofDevice;
    private final Set<IpAddress> ofHost;
    private final Routes routes;

    /**
     * Makes the rules for one reading of a device.
     *
     * @param registries the peers through whom registries are reached: where they are nobody else can be
     */
    EndpointRules(Device device, Set<PublicKey> registries, CryptokeyRouting routing, Routes routes) {
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

    /** Returns why an endpoint is refused; empty where it may be written. */
    Optional<String> refusal(Endpoint endpoint) {
        return refusals(Set.of(endpoint), Set.of(endpoint)).getOrDefault(endpoint, Optional.empty());
    }

    /**
     * Returns of several endpoints why each is refused.
     *
     * @param toReach those of them to which there has to be a route
     */
    Map<Endpoint, Optional<String>> refusals(Set<Endpoint> endpoints, Set<Endpoint> toReach) {
        Map<Endpoint, Optional<String>> refusals = new HashMap<>();
        Map<Endpoint, InetSocketAddress> others = new HashMap<>();
        for (Endpoint endpoint : endpoints) {
            Optional<String> refusal = refusalByAddress(endpoint);
            refusals.put(endpoint, refusal);
            if (refusal.isEmpty() && toReach.contains(endpoint)) {
                others.put(endpoint, new InetSocketAddress(endpoint.address().toInetAddress(), endpoint.port()));
            }
        }
        Set<InetSocketAddress> routed = routes.sources(others.values()).keySet();
        others.forEach((endpoint, socketAddress) -> {
            if (!routed.contains(socketAddress)) {
                refusals.put(endpoint, Optional.of("this host has no route to it"));
            }
        });
        return refusals;
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
                                .map(why -> "it stands for " + inner + ": " + why));
    }

    /** Returns why an address of this host or of the tunnel is refused; empty for all others. */
    private Optional<String> refusalOfNear(IpAddress address, int port) {
        if (ofDevice.contains(address) || (port == device.listenPort() && ofHost.contains(address))) {
            return Optional.of("it is " + device.name() + "'s own");
        }
        if (ofHost.contains(address)) {
            return Optional.of(
                    "it is this host's own address, where " + device.name() + " has port " + device.listenPort());
        }
        return routing.routeWithoutDefault(address)
                .map(owner -> "it is inside the tunnel, in the allowed IPs of " + owner);
    }
}
