package io.wgsd.backend.uapi;

import io.wgsd.backend.uapi.codec.ChangeEncoder;
import io.wgsd.backend.uapi.codec.PeerConfiguration;
import io.wgsd.backend.uapi.codec.Snapshot;
import io.wgsd.backend.uapi.codec.Wanted;
import io.wgsd.model.DeviceChange;
import io.wgsd.model.PeerChange;
import io.wgsd.model.PublicKey;
import io.wgsd.spi.Operation;
import io.wgsd.spi.PartlyAppliedException;
import io.wgsd.spi.RejectedException;
import io.wgsd.spi.UnsupportedException;
import io.wgsd.spi.WireGuardException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Carries changes out where a peer cannot be edited: it is removed and added again with all that it had, one
 * transaction each, which ends a session that it has. A peer that a change leaves as it is is not touched.
 *
 * <p>Another's change between the reading and the writing is lost; a peer that another removes meanwhile comes back.
 */
final class RecreatingChanges {

    private final UapiClient client;

    RecreatingChanges(UapiClient client) {
        this.client = client;
    }

    void apply(Path socket, Operation operation, DeviceChange change) throws WireGuardException {
        checkSupported(operation, change);
        Set<PublicKey> changed =
                change.peers().stream().map(PeerChange::publicKey).collect(Collectors.toUnmodifiableSet());
        try (Snapshot before = client.get(socket, operation, Wanted.presharedKeysOf(changed, true))) {
            new Run(socket, operation, change, before).apply();
        }
    }

    private static void checkSupported(Operation operation, DeviceChange change) throws UnsupportedException {
        if (change.isClearPrivateKey()) {
            throw new UnsupportedException(operation.origin(), "clearing the private key", "set another key");
        }
        if (change.peers().stream().anyMatch(PeerChange::isRestart)) {
            throw new UnsupportedException(
                    operation.origin(), "restart in one transaction", "remove the peer and add it again");
        }
    }

    /** One change, and what the device has got so far. */
    private final class Run {

        private final Path socket;
        private final Operation operation;
        private final DeviceChange change;
        private final Map<PublicKey, PeerConfiguration> peers = new HashMap<>();
        private final List<PublicKey> applied = new ArrayList<>();
        private @Nullable PublicKey own;

        Run(Path socket, Operation operation, DeviceChange change, Snapshot before) {
            this.socket = socket;
            this.operation = operation;
            this.change = change;
            before.device()
                    .peers()
                    .forEach(peer -> before.peer(peer.publicKey())
                            .ifPresent(configuration -> peers.put(peer.publicKey(), configuration)));
            own = before.device().publicKey().orElse(null);
        }

        void apply() throws WireGuardException {
            if (own == null
                    && change.privateKey().isEmpty()
                    && !change.peers().stream().allMatch(PeerChange::isRemove)) {
                // boringtun panics here (src/device/mod.rs, update_peer).
                throw new UnsupportedException(
                        operation.origin(), "adding peers before there is a private key", "set the private key first");
            }
            settings();
            for (PeerChange step : change.peers()) {
                try {
                    step(step);
                } catch (RejectedException e) {
                    throw applied.isEmpty() ? e : new PartlyAppliedException(operation.origin(), applied, e);
                }
                applied.add(step.publicKey());
            }
        }

        private void settings() throws WireGuardException {
            boolean none = change.firewallMark().isEmpty()
                    && change.listenPort().isEmpty()
                    && !change.isReplacePeers()
                    && change.privateKey().isEmpty();
            if (none) {
                return;
            }
            send(change.privateKey().isPresent(), out -> ChangeEncoder.settings(out, change));
            if (change.isReplacePeers()) {
                peers.clear();
            }
            if (change.privateKey().isPresent()) {
                PublicKey newOwn = change.privateKey().get().publicKey();
                own = newOwn;
                // The kernel and wireguard-go do this by themselves.
                remove(newOwn);
            }
        }

        private void step(PeerChange step) throws WireGuardException {
            PublicKey key = step.publicKey();
            PeerConfiguration old = peers.get(key);
            if (step.isRemove()) {
                remove(key);
                return;
            }
            // The kernel ignores a device's own key as a peer; boringtun does not.
            if (Objects.equals(own, key) || (old == null && step.isUpdateOnly())) {
                return;
            }
            PeerConfiguration target = (old == null ? PeerConfiguration.empty(key) : old).after(step);
            if (target.equals(old)) {
                return;
            }
            remove(key);
            try {
                add(target);
            } catch (RejectedException e) {
                putBack(old);
                throw e;
            }
        }

        private void putBack(@Nullable PeerConfiguration old) throws WireGuardException {
            if (old != null) {
                add(old);
            }
        }

        private void remove(PublicKey key) throws WireGuardException {
            if (peers.containsKey(key)) {
                send(false, out -> ChangeEncoder.removal(out, key));
                peers.remove(key);
            }
        }

        private void add(PeerConfiguration peer) throws WireGuardException {
            send(peer.presharedKey() != null, out -> ChangeEncoder.newPeer(out, peer));
            peers.put(peer.publicKey(), peer);
        }

        private void send(boolean hasSecrets, UapiClient.Body body) throws WireGuardException {
            client.set(socket, operation, hasSecrets, change, body);
        }
    }
}
