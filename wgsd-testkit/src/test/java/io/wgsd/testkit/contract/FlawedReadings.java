package io.wgsd.testkit.contract;

import io.wgsd.model.Device;
import io.wgsd.model.Endpoint;
import io.wgsd.model.IpPrefix;
import io.wgsd.model.Peer;
import io.wgsd.model.PeerStatistics;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

/** How a reading can be wrong. */
final class FlawedReadings {

    private FlawedReadings() {}

    static Device withSignedMark(Device device) {
        Device.Builder other = Device.builder(device.name(), device.kind()).listenPort(device.listenPort());
        device.publicKey().ifPresent(other::publicKey);
        return other.firewallMark(device.firewallMark() & 0x7fff_ffffL)
                .peers(device.peers())
                .build();
    }

    static Device withoutPort(Device device) {
        Device.Builder other = Device.builder(device.name(), device.kind()).firewallMark(device.firewallMark());
        device.publicKey().ifPresent(other::publicKey);
        return other.peers(device.peers()).build();
    }

    static UnaryOperator<Device> withAtMost(int peers) {
        return device -> Flaws.settingsOf(device)
                .peers(device.peers().subList(0, Math.min(peers, device.peers().size())))
                .build();
    }

    static Peer withoutKeepalive(Peer peer) {
        return copy(peer, peer.endpoint().orElse(null), peer.allowedIps(), peer.statistics(), Duration.ZERO);
    }

    static Peer withoutScope(Peer peer) {
        Endpoint endpoint = peer.endpoint()
                .map(scoped -> Endpoint.of(scoped.address(), scoped.port()))
                .orElse(null);
        return copy(peer, endpoint, peer.allowedIps(), peer.statistics(), keepalive(peer));
    }

    static UnaryOperator<Peer> withAtMostAllowedIps(int most) {
        return peer -> copy(
                peer,
                peer.endpoint().orElse(null),
                peer.allowedIps().subList(0, Math.min(most, peer.allowedIps().size())),
                peer.statistics(),
                keepalive(peer));
    }

    static Peer withCountersThatStay(Peer peer) {
        return copy(
                peer, peer.endpoint().orElse(null), peer.allowedIps(), PeerStatistics.of(null, 1, 1), keepalive(peer));
    }

    private static Duration keepalive(Peer peer) {
        return peer.persistentKeepalive().orElse(Duration.ZERO);
    }

    private static Peer copy(
            Peer peer, Endpoint endpoint, List<IpPrefix> allowedIps, PeerStatistics statistics, Duration keepalive) {
        Peer.Builder other = Peer.builder(peer.publicKey())
                .allowedIps(allowedIps)
                .statistics(statistics)
                .persistentKeepalive(keepalive);
        return (endpoint == null ? other : other.endpoint(endpoint)).build();
    }
}
