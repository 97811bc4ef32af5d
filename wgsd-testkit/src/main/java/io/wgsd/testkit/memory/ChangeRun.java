package io.wgsd.testkit.memory;

import io.wgsd.model.DeviceChange;
import io.wgsd.model.IpPrefix;
import io.wgsd.model.PeerChange;
import io.wgsd.model.PublicKey;
import io.wgsd.model.SecretKey;
import io.wgsd.spi.ErrorOrigin;
import io.wgsd.spi.NoSuchDeviceException;
import io.wgsd.spi.PartlyAppliedException;
import io.wgsd.spi.RejectedException;
import io.wgsd.spi.WireGuardException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One change being carried out, in the order and with the effects of drivers/net/wireguard/netlink.c: wg_set_device,
 * then set_peer for each peer. An error leaves what came before it.
 */
final class ChangeRun {

    private static final int ENOMEM = 12;
    private static final int EADDRINUSE = 98;

    private final DeviceState device;
    private final PortSpace ports;
    private final int maxPeers;
    private final Function<? super SecretKey, PublicKey> publicKeys;
    private final ErrorOrigin origin;
    private final List<MemoryEvent> events = new ArrayList<>();
    private final List<PublicKey> appliedPeers = new ArrayList<>();

    ChangeRun(
            DeviceState device,
            PortSpace ports,
            int maxPeers,
            Function<? super SecretKey, PublicKey> publicKeys,
            ErrorOrigin origin) {
        this.device = device;
        this.ports = ports;
        this.maxPeers = maxPeers;
        this.publicKeys = publicKeys;
        this.origin = origin;
    }

    /** Returns what has been done so far. */
    List<MemoryEvent> events() {
        return List.copyOf(events);
    }

    void run(DeviceChange change, MemoryFaults faults) throws WireGuardException {
        try {
            change.firewallMark().ifPresent(this::setFirewallMark);
            if (change.listenPort().isPresent()) {
                setListenPort(change.listenPort().getAsInt());
            }
            if (change.isReplacePeers()) {
                List.copyOf(device.peers.values()).forEach(this::removePeer);
            }
            if (change.isClearPrivateKey()) {
                setPrivateKey(null);
            }
            change.privateKey().ifPresent(this::setPrivateKey);
            for (PeerChange peer : change.peers()) {
                faults.beforePeer(appliedPeers.size());
                if (device.removed) {
                    throw new NoSuchDeviceException(origin, "it was removed while it was changed");
                }
                setPeer(peer);
                appliedPeers.add(peer.publicKey());
            }
            faults.beforePeer(appliedPeers.size());
        } catch (WireGuardException e) {
            throw events.isEmpty() ? e : new PartlyAppliedException(origin, appliedPeers, e);
        }
    }

    private void setFirewallMark(long mark) {
        if (mark != device.firewallMark) {
            events.add(new MemoryEvent.FirewallMarkChanged(device.firewallMark, mark));
            device.firewallMark = mark;
        }
    }

    /** As set_port and wg_socket_init: the port that is left stays taken until there is another. */
    private void setListenPort(int port) throws RejectedException {
        int previous = device.listenPort;
        if (port == previous) {
            return;
        }
        OptionalInt taken = ports.take(port);
        if (taken.isEmpty()) {
            throw new RejectedException(
                    origin.errno(EADDRINUSE),
                    "changing",
                    "UDP port " + port + " is in use; choose another, or 0 for any");
        }
        ports.free(previous);
        device.listenPort = taken.getAsInt();
        events.add(new MemoryEvent.ListenPortChanged(previous, device.listenPort));
    }

    private void setPrivateKey(@Nullable SecretKey given) {
        SecretKey key = given == null || given.isZero() ? null : clamped(given);
        SecretKey current = device.privateKey();
        if (Objects.equals(key, current)) {
            if (key != null) {
                key.close();
            }
            return;
        }
        PublicKey publicKey = key == null ? null : publicKeys.apply(key);
        PeerState self = publicKey == null ? null : device.peers.get(publicKey);
        if (self != null) {
            removePeer(self);
        }
        device.identity(key, publicKey);
        events.add(new MemoryEvent.PrivateKeyChanged(Optional.ofNullable(publicKey)));
    }

    private void setPeer(PeerChange change) throws RejectedException {
        PeerState peer = device.peers.get(change.publicKey());
        if (peer == null) {
            boolean absentIsFine = change.isRemove() || change.isUpdateOnly();
            if (absentIsFine || Objects.equals(change.publicKey(), device.publicKey())) {
                return;
            }
            peer = addPeer(change.publicKey());
        }
        if (change.isRemove()) {
            removePeer(peer);
            return;
        }
        Duration keepalive = change.persistentKeepalive().orElse(peer.keepalive());
        if (change.isRestart()) {
            restart(peer);
        }
        if (change.isClearPresharedKey()) {
            setPresharedKey(peer, null);
        }
        if (change.presharedKey().isPresent()) {
            setPresharedKey(peer, change.presharedKey().get());
        }
        setEndpointAndAllowedIps(peer, change);
        setKeepalive(peer, keepalive);
    }

    private void setEndpointAndAllowedIps(PeerState peer, PeerChange change) {
        change.endpoint()
                .filter(endpoint -> !Objects.equals(endpoint, peer.endpoint()))
                .ifPresent(endpoint -> {
                    peer.endpoint(endpoint);
                    events.add(new MemoryEvent.EndpointSet(peer.publicKey, endpoint));
                });
        if (change.isReplaceAllowedIps()) {
            List.copyOf(peer.allowedIps).forEach(prefix -> removeAllowedIp(peer, prefix));
        }
        change.addedAllowedIps().forEach(prefix -> addAllowedIp(peer, prefix));
        change.removedAllowedIps().forEach(prefix -> removeAllowedIp(peer, prefix));
    }

    private PeerState addPeer(PublicKey key) throws RejectedException {
        if (device.peers.size() >= maxPeers) {
            throw new RejectedException(
                    origin.errno(ENOMEM), "changing", "it has " + maxPeers + " peers, the most it can; remove some");
        }
        PeerState peer = new PeerState(key);
        device.peers.put(key, peer);
        events.add(new MemoryEvent.PeerAdded(key));
        return peer;
    }

    private void removePeer(PeerState peer) {
        peer.allowedIps.forEach(device.owners::remove);
        device.peers.remove(peer.publicKey);
        peer.wipe();
        events.add(new MemoryEvent.PeerRemoved(peer.publicKey));
    }

    /**
     * Leaves the keepalive to be set last, as for a peer that is added: what it sends goes to the endpoint that is set.
     */
    private void restart(PeerState peer) {
        peer.resetStatistics();
        peer.keepalive(Duration.ZERO);
        events.add(new MemoryEvent.PeerRestarted(peer.publicKey));
    }

    private void setPresharedKey(PeerState peer, @Nullable SecretKey given) {
        SecretKey key = given == null || given.isZero() ? null : given.copy();
        SecretKey current = peer.presharedKey();
        if (!Objects.equals(key, current)) {
            peer.presharedKey(key);
            events.add(new MemoryEvent.PresharedKeyChanged(peer.publicKey));
        } else if (key != null) {
            key.close();
        }
    }

    private void addAllowedIp(PeerState peer, IpPrefix prefix) {
        PeerState owner = device.owners.put(prefix, peer);
        if (owner == peer) {
            return;
        }
        if (owner != null) {
            owner.removeAllowedIp(prefix);
            events.add(new MemoryEvent.AllowedIpRemoved(owner.publicKey, prefix));
        }
        peer.addAllowedIp(prefix);
        events.add(new MemoryEvent.AllowedIpAdded(peer.publicKey, prefix));
    }

    private void removeAllowedIp(PeerState peer, IpPrefix prefix) {
        if (peer.removeAllowedIp(prefix)) {
            device.owners.remove(prefix);
            events.add(new MemoryEvent.AllowedIpRemoved(peer.publicKey, prefix));
        }
    }

    private void setKeepalive(PeerState peer, Duration interval) {
        if (!interval.equals(peer.keepalive())) {
            events.add(new MemoryEvent.KeepaliveChanged(peer.publicKey, peer.keepalive(), interval));
            peer.keepalive(interval);
        }
    }

    /** Returns the key as WireGuard stores it (drivers/net/wireguard/noise.c; RFC 7748, section 5). */
    private static SecretKey clamped(SecretKey key) {
        byte[] bytes = key.toBytes();
        try {
            bytes[0] &= (byte) 248;
            bytes[31] &= 127;
            bytes[31] |= 64;
            return SecretKey.copyOf(bytes);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }
}
