package io.wgsd.discovery;

import io.wgsd.model.CryptokeyRouting;
import io.wgsd.model.Device;
import io.wgsd.model.IpAddress;
import io.wgsd.model.PublicKey;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * How a registry is reached.
 *
 * @param server the registry
 * @param peer whose allowed IPs hold its address, and who therefore must not be disturbed
 * @param tunnelSource the device's address from which it is asked; empty where it is not reached through the device, so that
 *     WireGuard does not vouch for what it says
 */
record RegistryPath(InetSocketAddress server, Optional<PublicKey> peer, Optional<InetAddress> tunnelSource) {

    static RegistryPath of(InetSocketAddress server, Device device, CryptokeyRouting routing, Routes routes) {
        IpAddress address = IpAddress.of(server.getAddress());
        InetAddress onLink = routes.onLink(device.name(), address);
        if (isElsewhere(server, onLink, device.name())) {
            return new RegistryPath(server, Optional.empty(), Optional.empty());
        }
        Optional<PublicKey> peer = routing.route(address);
        return new RegistryPath(
                server,
                peer,
                peer.flatMap(key -> routes.source(new InetSocketAddress(onLink, server.getPort())))
                        .filter(routes.addresses(device.name())::contains)
                        .map(source -> routes.onLink(device.name(), source)));
    }

    /**
     * Whether a link-local address is meant on another link than the device's. A name that was given with it decides; the index
     * is no proof, which is another one once the device was made anew.
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
