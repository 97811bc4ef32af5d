package io.wgsd.discovery;

import io.wgsd.model.CryptokeyRouting;
import io.wgsd.model.Device;
import io.wgsd.model.Endpoint;
import io.wgsd.model.IpAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which endpoints are never written, whoever advertises them, because no peer can be reached there. */
final class EndpointRules {

    private static final IpAddress BROADCAST = IpAddress.parse("255.255.255.255");

    private final Device device;
    private final CryptokeyRouting routing;
    private final Set<IpAddress> ofDevice;
    private final Set<IpAddress> ofHost;
    private final Routes routes;

    EndpointRules(Device device, CryptokeyRouting routing, Routes routes) {
        this.device = device;
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
        if (address.isUnspecified()) {
            return Optional.of("it is the unspecified address");
        }
        if (address.isLoopback()) {
            return Optional.of("it is a loopback address");
        }
        if (address.isMulticast() || address.equals(BROADCAST)) {
            return Optional.of("it is no single host's address");
        }
        if (address.isLinkLocal()) {
            return Optional.of("it is a link-local address");
        }
        if (ofDevice.contains(address) || isOwnPort(endpoint)) {
            return Optional.of("it is " + device.name() + "'s own");
        }
        return routing.routeWithoutDefault(address)
                .map(owner -> "it is inside the tunnel, in the allowed IPs of " + owner);
    }

    private boolean isOwnPort(Endpoint endpoint) {
        return endpoint.port() == device.listenPort() && ofHost.contains(endpoint.address());
    }
}
