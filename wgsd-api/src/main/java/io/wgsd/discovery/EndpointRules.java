package io.wgsd.discovery;

import io.wgsd.model.CryptokeyRouting;
import io.wgsd.model.Device;
import io.wgsd.model.Endpoint;
import io.wgsd.model.IpAddress;
import io.wgsd.model.PublicKey;
import java.net.InetSocketAddress;
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

    EndpointRules(Device device, Routes routes) {
        this.device = device;
        this.routes = routes;
        routing = CryptokeyRouting.of(device);
        ofDevice = routes.addresses(device.name());
        ofHost = routes.addresses();
    }

    /** Returns why an endpoint is refused; empty where it may be written. */
    Optional<String> refusal(Endpoint endpoint) {
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
        Optional<PublicKey> owner = routing.routeWithoutDefault(address);
        if (owner.isPresent()) {
            return Optional.of("it is inside the tunnel, in the allowed IPs of " + owner.get());
        }
        if (routes.source(new InetSocketAddress(address.toInetAddress(), endpoint.port()))
                .isEmpty()) {
            return Optional.of("this host has no route to it");
        }
        return Optional.empty();
    }

    private boolean isOwnPort(Endpoint endpoint) {
        return endpoint.port() == device.listenPort() && ofHost.contains(endpoint.address());
    }
}
