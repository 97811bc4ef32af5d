package io.wgsd.backend.uapi;

import io.wgsd.backend.uapi.codec.ChangeEncoder;
import io.wgsd.backend.uapi.codec.PeerConfiguration;
import io.wgsd.backend.uapi.codec.RequestWriter;
import io.wgsd.backend.uapi.codec.Snapshot;
import io.wgsd.model.DeviceChange;
import io.wgsd.model.PeerChange;
import io.wgsd.model.PublicKey;
import io.wgsd.spi.ChangeSegments;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A part of a change that is one transaction. Nearly every change is one segment; it ends where a step has to know what
 * the steps before it led to.
 *
 * @param change the whole change
 * @param hasSettings whether this part has the device's own settings
 * @param peers the steps of this part, in order
 * @param dialect the dialect of the other side
 */
record Segment(DeviceChange change, boolean hasSettings, List<PeerChange> peers, Dialect dialect) {

    static List<Segment> of(DeviceChange change, Dialect dialect) {
        List<Segment> segments = new ArrayList<>();
        for (List<PeerChange> steps : ChangeSegments.of(change, step -> needsReading(step, dialect))) {
            segments.add(new Segment(change, segments.isEmpty(), steps, dialect));
        }
        return segments;
    }

    /** Returns whether the device has to be read, with its secrets, before this can be written. */
    boolean needsReading() {
        return peers.stream().anyMatch(step -> needsReading(step, dialect));
    }

    /** Returns the peers of which also the preshared key has to be read, to be written again. */
    Set<PublicKey> restarted() {
        return peers.stream()
                .filter(PeerChange::isRestart)
                .map(PeerChange::publicKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Returns the peers whose preshared key changes. */
    Set<PublicKey> keyed() {
        return peers.stream()
                .filter(step -> step.presharedKey().isPresent() || step.isClearPresharedKey())
                .map(PeerChange::publicKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Returns whether writing this may send a secret. */
    boolean hasSecrets() {
        return (hasSettings && change.privateKey().isPresent())
                || peers.stream()
                        .anyMatch(
                                step -> step.isRestart() || step.presharedKey().isPresent());
    }

    /** Writes this, with what was read where that was needed. */
    void write(RequestWriter out, Optional<Snapshot> before) throws IOException {
        if (hasSettings) {
            ChangeEncoder.settings(out, change);
        }
        for (PeerChange step : peers) {
            Optional<PeerConfiguration> peer =
                    needsReading(step, dialect) ? before.orElseThrow().peer(step.publicKey()) : Optional.empty();
            if (step.isRestart()) {
                ChangeEncoder.restart(out, step, peer);
            } else if (needsReading(step, dialect)) {
                ChangeEncoder.peerWithAllowedIps(out, step, peer.orElse(PeerConfiguration.empty(step.publicKey())));
            } else {
                ChangeEncoder.peer(out, step);
            }
        }
    }

    /**
     * Returns whose steps are in force, up to the first step that is not: the other side carries them out in order.
     *
     * @param after what was read when the transaction had failed
     */
    List<PublicKey> inForce(Snapshot after) {
        List<PublicKey> done = new ArrayList<>();
        for (PeerChange step : peers) {
            Optional<PeerConfiguration> peer = after.peer(step.publicKey());
            boolean isDone = peer.isEmpty() ? step.isRemove() || step.isUpdateOnly() : isInForce(step, peer.get());
            if (!isDone) {
                break;
            }
            done.add(step.publicKey());
        }
        return done;
    }

    private static boolean isInForce(PeerChange step, PeerConfiguration peer) {
        // That a restart took place cannot be seen.
        return !step.isRemove() && !step.isRestart() && peer.after(step).equals(peer);
    }

    private static boolean needsReading(PeerChange step, Dialect dialect) {
        return step.isRestart()
                || (!dialect.removesPrefixes() && !step.removedAllowedIps().isEmpty());
    }
}
