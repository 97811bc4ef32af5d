package io.wgsd.discovery.route;

import io.wgsd.model.CryptokeyRouting;
import io.wgsd.model.IpAddress;
import io.wgsd.model.IpPrefix;
import io.wgsd.model.Peer;
import java.util.Comparator;
import java.util.Optional;

/** Finds an address inside the tunnel that WireGuard sends to a certain peer. */
final class TunnelAddress {

    private TunnelAddress() {}

    /**
     * Returns an address from the peer's narrowest prefix that belongs to no other peer; default routes have none, even
     * in pieces.
     */
    static Optional<IpAddress> of(Peer peer, CryptokeyRouting routing) {
        return peer.allowedIps().stream()
                .filter(prefix -> !prefix.isDefaultRoute())
                .sorted(Comparator.comparingInt(TunnelAddress::hostBits))
                .map(TunnelAddress::firstHost)
                .filter(address -> !address.isMulticast())
                .filter(address -> routing.routeWithoutDefault(address).equals(Optional.of(peer.publicKey())))
                .findFirst();
    }

    private static int hostBits(IpPrefix prefix) {
        return prefix.network().bitLength() - prefix.length();
    }

    /** The network's own address belongs to nobody, unless the prefix holds only one address. */
    private static IpAddress firstHost(IpPrefix prefix) {
        byte[] bytes = prefix.network().toBytes();
        if (hostBits(prefix) > 0) {
            bytes[bytes.length - 1] |= 1;
        }
        return IpAddress.of(bytes);
    }
}
