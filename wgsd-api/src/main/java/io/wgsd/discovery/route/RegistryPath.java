package io.wgsd.discovery.route;

import io.wgsd.discovery.Routes;
import io.wgsd.model.CryptokeyRouting;
import io.wgsd.model.Device;
import io.wgsd.model.IpAddress;
import io.wgsd.model.PublicKey;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.Set;

/**
 * How a registry is reached.
 *
 * @param server the registry
 * @param peer the peer whose allowed IPs hold its address, and which therefore must not be disturbed
 * @param tunnelSource the device's address from which it is asked; empty where it is not reached through the device, so
 *     that WireGuard does not vouch for what it says
 * @param obstacle why it is not known to be reached through the device, as far as that can be seen; empty where it is
 */
public record RegistryPath(
        InetSocketAddress server,
        Optional<PublicKey> peer,
        Optional<InetAddress> tunnelSource,
        Optional<String> obstacle) {

    public static RegistryPath of(InetSocketAddress server, Device device, CryptokeyRouting routing, Routes routes) {
        IpAddress address = IpAddress.of(server.getAddress());
        InetAddress onLink = routes.onLink(device.name(), address);
        if (isElsewhere(server, onLink, device.name())) {
            return around(server, Optional.empty(), "it is on another link than " + device.name());
        }
        Optional<PublicKey> peer = routing.route(address);
        if (peer.isEmpty()) {
            return around(server, peer, "no peer of " + device.name() + " has its address among its allowed IPs");
        }
        Set<IpAddress> own = routes.addresses(device.name());
        if (own.isEmpty()) {
            return around(
                    server,
                    peer,
                    device.name() + " has no address here, by which it could be seen that packets to it go through "
                            + device.name());
        }
        Optional<IpAddress> source = routes.source(new InetSocketAddress(onLink, server.getPort()));
        return source.filter(own::contains)
                .map(from -> new RegistryPath(
                        server, peer, Optional.of(routes.onLink(device.name(), from)), Optional.empty()))
                .orElseGet(() -> around(
                        server,
                        peer,
                        source.map(from -> "this host sends to it from " + from + ", which is no address of "
                                        + device.name())
                                .orElse("this host has no route to it")));
    }

    private static RegistryPath around(InetSocketAddress server, Optional<PublicKey> peer, String obstacle) {
        return new RegistryPath(server, peer, Optional.empty(), Optional.of(obstacle));
    }

    /**
     * Returns whether a link-local address is on another link than the device's. An interface name that was given with
     * it decides. An index is no proof, since a device that is made again has another one.
     */
    private static boolean isElsewhere(InetSocketAddress server, InetAddress onLink, String device) {
        if (!(server.getAddress() instanceof Inet6Address given) || !given.isLinkLocalAddress()) {
            return false;
        }
        String host = server.getHostString();
        String scope = host.substring(host.indexOf('%') + 1);
        if (host.indexOf('%') >= 0 && !scope.matches("[0-9]+")) {
            return !scope.equals(device);
        }
        return given.getScopeId() != 0
                && !(onLink instanceof Inet6Address ours && ours.getScopeId() == given.getScopeId());
    }
}
