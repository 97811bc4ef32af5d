package io.wgsd.testkit.net.wireguard;

import io.wgsd.model.PublicKey;
import io.wgsd.model.SecretKey;
import io.wgsd.spi.DeviceSecrets;
import io.wgsd.testkit.memory.MemoryDevice;
import io.wgsd.testkit.memory.MemoryEvent;
import io.wgsd.testkit.net.random.Randomness;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Has the protocol do what a change to its device in memory asks for, step by step (drivers/net/wireguard/netlink.c).
 */
public final class DeviceFollower {

    private final WireGuardDevice device;
    private final MemoryDevice memory;

    public DeviceFollower(WireGuardDevice device, MemoryDevice memory) {
        this.device = device;
        this.memory = memory;
    }

    public void follow(List<MemoryEvent> events) {
        @Nullable PublicKey changed = null;
        for (MemoryEvent event : events) {
            @Nullable PublicKey peer = event instanceof MemoryEvent.OfPeer of ? of.peer() : null;
            if (changed != null && !Objects.equals(changed, peer)) {
                sendStaged(changed);
            }
            changed = peer;
            follow(event);
        }
        if (changed != null) {
            sendStaged(changed);
        }
    }

    /** As set_peer ends, and wireguard-go's handlePostConfig. */
    private void sendStaged(PublicKey key) {
        if (device.isUp()) {
            device.peer(key).ifPresent(WireGuardPeer::sendStaged);
        }
    }

    private void follow(MemoryEvent event) {
        if (event instanceof MemoryEvent.ListenPortChanged change) {
            device.listen(change.current());
        } else if (event instanceof MemoryEvent.PrivateKeyChanged change) {
            device.identity(change.current().orElse(null));
        } else if (event instanceof MemoryEvent.PeerAdded added) {
            add(added.peer());
        } else if (event instanceof MemoryEvent.PeerRemoved removed) {
            remove(removed.peer());
        } else if (event instanceof MemoryEvent.PeerRestarted restarted) {
            restart(restarted.peer());
        } else if (event instanceof MemoryEvent.PresharedKeyChanged change) {
            device.peer(change.peer()).ifPresent(peer -> peer.presharedKey(fingerprint(change.peer())));
        } else if (event instanceof MemoryEvent.EndpointSet set) {
            device.peer(set.peer()).ifPresent(peer -> peer.endpoint(set.endpoint()));
        } else if (event instanceof MemoryEvent.KeepaliveChanged change) {
            device.peer(change.peer()).ifPresent(peer -> setKeepalive(peer, change));
        } else if (event instanceof MemoryEvent.AllowedIpAdded || event instanceof MemoryEvent.AllowedIpRemoved) {
            device.routingChanged();
        }
    }

    private WireGuardPeer add(PublicKey key) {
        WireGuardPeer peer = new WireGuardPeer(device, key);
        device.peers().put(key, peer);
        return peer;
    }

    private void remove(PublicKey key) {
        device.peer(key).ifPresent(WireGuardPeer::stop);
        device.peers().remove(key);
        device.routingChanged();
    }

    private void restart(PublicKey key) {
        WireGuardPeer before = device.peer(key).orElse(null);
        remove(key);
        WireGuardPeer after = add(key);
        if (before != null && before.endpoint() != null) {
            after.endpoint(before.endpoint());
        }
        after.presharedKey(fingerprint(key));
    }

    private void setKeepalive(WireGuardPeer peer, MemoryEvent.KeepaliveChanged change) {
        peer.keepaliveNanos(change.current().toNanos());
        if (change.sendsAtOnce() && device.isUp()) {
            peer.sendKeepalive();
        }
    }

    /** Returns what tells one preshared key from another without being one; 0 for none. */
    private long fingerprint(PublicKey peer) {
        try (DeviceSecrets secrets = memory.secrets()) {
            return secrets.presharedKey(peer).map(DeviceFollower::fingerprint).orElse(0L);
        }
    }

    private static long fingerprint(SecretKey key) {
        byte[] bytes = key.toBytes();
        try {
            long hash = 1;
            for (byte each : bytes) {
                hash = Randomness.mix(hash + each);
            }
            return hash;
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }
}
