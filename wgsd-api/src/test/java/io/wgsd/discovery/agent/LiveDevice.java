package io.wgsd.discovery.agent;

import io.wgsd.model.Device;
import io.wgsd.model.DeviceChange;
import io.wgsd.model.Endpoint;
import io.wgsd.model.Peer;
import io.wgsd.model.PeerChange;
import io.wgsd.model.PeerStatistics;
import io.wgsd.model.PublicKey;
import io.wgsd.spi.Capabilities;
import io.wgsd.spi.ErrorOrigin;
import io.wgsd.spi.NoSuchDeviceException;
import io.wgsd.spi.NotPermittedException;
import io.wgsd.spi.PartlyAppliedException;
import io.wgsd.spi.PeerSource;
import io.wgsd.spi.ReadOptions;
import io.wgsd.spi.UnsupportedException;
import io.wgsd.spi.WireGuardException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** A device whose peers get what is written to them, and that can go away; no packet is ever sent. Thread-safe. */
public class LiveDevice implements PeerSource {

    private final List<DeviceChange> changes = new CopyOnWriteArrayList<>();
    private volatile Device device;
    private volatile boolean gone;
    private volatile boolean refusesRestarts;
    private volatile boolean refusesWrites;
    private volatile Optional<PublicKey> refused = Optional.empty();

    public LiveDevice(Device device) {
        this.device = device;
    }

    public void refuseRestarts() {
        refusesRestarts = true;
    }

    public void refuseWrites() {
        refusesWrites = true;
    }

    void allowWrites() {
        refusesWrites = false;
        refused = Optional.empty();
    }

    /** Lets changes stop at a peer, in the middle. */
    void refuseWritesOf(PublicKey key) {
        refused = Optional.of(key);
    }

    public void gone(boolean value) {
        gone = value;
    }

    public List<DeviceChange> changes() {
        return changes;
    }

    Device now() {
        return device;
    }

    public Peer peer(PublicKey key) {
        return device.peer(key).orElseThrow();
    }

    @Override
    public Set<String> deviceNames() {
        return Set.of("wg0");
    }

    @Override
    public Device read(String name, ReadOptions options) throws WireGuardException {
        if (gone) {
            throw new NoSuchDeviceException(ErrorOrigin.of("test").device(name), "it was taken away");
        }
        return device;
    }

    @Override
    public synchronized void apply(String name, DeviceChange change) throws WireGuardException {
        if (refusesWrites) {
            throw new NotPermittedException(ErrorOrigin.of("test").device(name), "writing", "become root", null);
        }
        if (refusesRestarts && change.peers().stream().anyMatch(PeerChange::isRestart)) {
            throw new UnsupportedException(ErrorOrigin.of("test").device(name), "restart", "do something else");
        }
        List<PublicKey> done = change.peers().stream()
                .map(PeerChange::publicKey)
                .takeWhile(key -> !refused.equals(Optional.of(key)))
                .toList();
        changes.add(change);
        List<Peer> peers = new ArrayList<>();
        List<Peer> before = new ArrayList<>(device.peers());
        for (PeerChange part : change.peers()) {
            boolean known = before.stream().anyMatch(peer -> peer.publicKey().equals(part.publicKey()));
            if (!done.contains(part.publicKey())) {
                continue;
            }
            if (part.isRemove()) {
                before.removeIf(peer -> peer.publicKey().equals(part.publicKey()));
            } else if (!known && !part.isUpdateOnly()) {
                before.add(Peer.builder(part.publicKey()).build());
            }
        }
        for (Peer peer : before) {
            Endpoint endpoint = peer.endpoint().orElse(null);
            Duration keepalive = peer.persistentKeepalive().orElse(Duration.ZERO);
            for (PeerChange part : change.peers()) {
                if (part.publicKey().equals(peer.publicKey()) && done.contains(peer.publicKey())) {
                    endpoint = part.endpoint().orElse(endpoint);
                    keepalive = part.persistentKeepalive().orElse(keepalive);
                }
            }
            Peer.Builder changed = Peer.builder(peer.publicKey())
                    .allowedIps(peer.allowedIps())
                    .persistentKeepalive(keepalive)
                    .statistics(peer.statistics());
            if (endpoint != null) {
                changed.endpoint(endpoint);
            }
            peers.add(changed.build());
        }
        has(peers);
        if (done.size() < change.peers().size()) {
            ErrorOrigin origin = ErrorOrigin.of("test").device(name);
            throw new PartlyAppliedException(
                    origin, done, new NotPermittedException(origin, "writing", "become root", null));
        }
    }

    /** Lets a handshake with a peer take place, and something come from it. */
    void hears(PublicKey key, Instant at) {
        has(device.peers().stream()
                .map(peer -> peer.publicKey().equals(key)
                        ? peer.withStatistics(PeerStatistics.of(
                                at,
                                peer.statistics().rxBytes() + 124,
                                peer.statistics().txBytes() + 180))
                        : peer)
                .toList());
    }

    /** Adds a peer, as somebody else might. */
    void adds(PublicKey key, Endpoint endpoint) {
        List<Peer> peers = new ArrayList<>(device.peers());
        peers.add(Peer.builder(key).endpoint(endpoint).build());
        has(peers);
    }

    /** Takes a peer off the device. */
    void loses(PublicKey key) {
        has(device.peers().stream()
                .filter(peer -> !peer.publicKey().equals(key))
                .toList());
    }

    boolean has(PublicKey key) {
        return device.peer(key).isPresent();
    }

    private void has(List<Peer> peers) {
        device = Device.builder("wg0", device.kind())
                .publicKey(device.publicKey().orElseThrow())
                .listenPort(device.listenPort())
                .peers(peers)
                .build();
    }

    @Override
    public Capabilities capabilities(String name) {
        return Capabilities.builder().atomicRestart(true).build();
    }

    @Override
    public void close() {}
}
