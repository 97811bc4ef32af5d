package io.wgsd.discovery.carrier;

import io.wgsd.model.Device;
import io.wgsd.model.Endpoint;
import io.wgsd.model.IpAddress;
import io.wgsd.model.IpPrefix;
import io.wgsd.model.Peer;
import io.wgsd.model.PublicKey;
import io.wgsd.spi.PeerSource;
import io.wgsd.spi.WireGuardException;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which peers of a device are the registry and the relay. Immutable.
 *
 * @param registries the registries' addresses inside the tunnel
 * @param kept the peers that are never written
 * @param atServer whether an endpoint is at the host to which packets are carried
 * @param restarts whether peers without a session may be restarted
 */
record CarriagePeers(Set<IpAddress> registries, Set<PublicKey> kept, Predicate<Endpoint> atServer, boolean restarts) {

    boolean isKept(Peer peer) {
        return kept.contains(peer.publicKey());
    }

    /** Returns the peer through which a registry is reached: the one with the longest prefix. */
    Optional<Peer> registry(Device device) {
        return registries.stream()
                .flatMap(address -> device.peers().stream()
                        .filter(peer -> length(peer, address) >= 0)
                        .max(Comparator.comparingInt(peer -> length(peer, address)))
                        .stream())
                .filter(peer -> !isKept(peer))
                .findFirst();
    }

    private static int length(Peer peer, IpAddress address) {
        return peer.allowedIps().stream()
                .filter(prefix -> prefix.contains(address))
                .mapToInt(IpPrefix::length)
                .max()
                .orElse(-1);
    }

    /**
     * Returns the relay's peer: one without allowed IPs and with a persistent keepalive, preferably at the server.
     *
     * @param known the one that it was before; null where there was none
     */
    Optional<Peer> relay(Device device, @Nullable PublicKey known) {
        List<Peer> relays = device.peers().stream()
                .filter(peer -> peer.allowedIps().isEmpty()
                        && peer.endpoint().isPresent()
                        && peer.persistentKeepalive().isPresent()
                        && !isKept(peer))
                .toList();
        return relays.stream()
                .filter(peer -> Objects.equals(peer.publicKey(), known))
                .findFirst()
                .or(() -> relays.stream()
                        .filter(peer -> peer.endpoint().filter(atServer).isPresent())
                        .findFirst())
                .or(() -> relays.stream().findFirst());
    }

    /** Returns whether a peer without a session may be removed and added again. */
    boolean mayRestart(PeerSource source, String device) {
        try {
            return restarts && source.capabilities(device).atomicRestart();
        } catch (WireGuardException e) {
            return false;
        }
    }
}
