package io.wgsd.discovery;

import io.wgsd.model.CryptokeyRouting;
import io.wgsd.model.Device;
import io.wgsd.model.IpAddress;
import io.wgsd.model.PublicKey;
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
record RegistryPath(InetSocketAddress server, Optional<PublicKey> peer, Optional<IpAddress> tunnelSource) {

    static RegistryPath of(InetSocketAddress server, Device device, CryptokeyRouting routing, Routes routes) {
        Optional<PublicKey> peer = routing.route(IpAddress.of(server.getAddress()));
        return new RegistryPath(
                server,
                peer,
                peer.flatMap(key -> routes.source(server)).filter(routes.addresses(device.name())::contains));
    }
}
