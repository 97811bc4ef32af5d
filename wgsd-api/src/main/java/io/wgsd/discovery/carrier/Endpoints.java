package io.wgsd.discovery.carrier;

import io.wgsd.model.Device;
import io.wgsd.model.DeviceChange;
import io.wgsd.model.Endpoint;
import io.wgsd.model.Peer;
import io.wgsd.model.PeerChange;
import java.util.Optional;
import java.util.function.BiFunction;

/** Devices and changes with other endpoints; pure functions. */
final class Endpoints {

    private Endpoints() {}

    /**
     * Returns a device whose peers have other endpoints.
     *
     * @param endpoint says what a peer has in place of its endpoint; empty where it has its own
     */
    static Device of(Device device, BiFunction<Peer, Endpoint, Optional<Endpoint>> endpoint) {
        Device.Builder other = Device.builder(device.name(), device.kind())
                .listenPort(device.listenPort())
                .firewallMark(device.firewallMark());
        device.publicKey().ifPresent(other::publicKey);
        for (Peer peer : device.peers()) {
            Optional<Endpoint> next = peer.endpoint().flatMap(own -> endpoint.apply(peer, own));
            other.peer(next.isEmpty() ? peer : with(peer, next.get()));
        }
        return other.build();
    }

    private static Peer with(Peer peer, Endpoint endpoint) {
        Peer.Builder other = Peer.builder(peer.publicKey())
                .endpoint(endpoint)
                .allowedIps(peer.allowedIps())
                .statistics(peer.statistics());
        peer.persistentKeepalive().ifPresent(other::persistentKeepalive);
        return other.build();
    }

    /**
     * Returns a change that sets other endpoints.
     *
     * @param endpoint says what is set in place of an endpoint; empty where that is set
     */
    static DeviceChange of(DeviceChange change, BiFunction<PeerChange, Endpoint, Optional<Endpoint>> endpoint) {
        DeviceChange.Builder other = DeviceChange.builder();
        change.privateKey().ifPresent(other::privateKey);
        if (change.isClearPrivateKey()) {
            other.clearPrivateKey();
        }
        change.listenPort().ifPresent(other::listenPort);
        change.firewallMark().ifPresent(other::firewallMark);
        if (change.isReplacePeers()) {
            other.replacePeers();
        }
        for (PeerChange each : change.peers()) {
            copy(each, other.peer(each.publicKey()), endpoint);
        }
        return other.build();
    }

    private static void copy(
            PeerChange from, PeerChange.Builder to, BiFunction<PeerChange, Endpoint, Optional<Endpoint>> endpoint) {
        if (from.isRemove()) {
            to.remove();
            return;
        }
        if (from.isRestart()) {
            to.restart();
        } else if (from.isUpdateOnly()) {
            to.updateOnly();
        }
        from.presharedKey().ifPresent(to::presharedKey);
        if (from.isClearPresharedKey()) {
            to.clearPresharedKey();
        }
        from.endpoint().ifPresent(own -> to.endpoint(endpoint.apply(from, own).orElse(own)));
        if (from.isReplaceAllowedIps()) {
            to.replaceAllowedIps();
        }
        to.addAllowedIps(from.addedAllowedIps());
        from.removedAllowedIps().forEach(to::removeAllowedIp);
        from.persistentKeepalive().ifPresent(to::persistentKeepalive);
    }
}
