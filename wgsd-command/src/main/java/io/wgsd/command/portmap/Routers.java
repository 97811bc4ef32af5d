package io.wgsd.command.portmap;

import io.wgsd.discovery.Routes;
import io.wgsd.discovery.Routes.AttachedNetwork;
import io.wgsd.model.IpAddress;
import io.wgsd.portmap.Gateway;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/** Which router translates this host's address, as far as routes tell. */
public final class Routers {

    private static final int DISCARD = 9;

    private Routers() {}

    /**
     * Returns the router to ask for a port. Of several it is the one to which this host sends.
     *
     * @param device the WireGuard device, which is no way to a router
     * @param seen where somebody outside sees this host
     * @return the router; empty where none is known, or this host itself has the address
     */
    public static Optional<Gateway> translating(Routes routes, String device, IpAddress seen) {
        if (seen.isIpv6() || routes.addresses().contains(seen)) {
            return Optional.empty();
        }
        List<Gateway> found = routes.networks(device).stream()
                .flatMap(network -> network.gateways().stream()
                        .filter(router -> isIn(network, router))
                        .sorted()
                        .map(router -> Gateway.of(router, network.own())))
                .toList();
        if (found.size() <= 1) {
            return found.stream().findFirst();
        }
        Optional<IpAddress> source = routes.source(new InetSocketAddress(seen.toInetAddress(), DISCARD));
        return found.stream()
                .filter(gateway -> source.equals(Optional.of(gateway.local())))
                .findFirst()
                .or(() -> found.stream().findFirst());
    }

    private static boolean isIn(AttachedNetwork network, IpAddress router) {
        return !router.isIpv6() && !network.own().isIpv6() && network.prefix().contains(router);
    }
}
