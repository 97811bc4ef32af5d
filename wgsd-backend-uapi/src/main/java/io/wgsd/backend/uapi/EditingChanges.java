package io.wgsd.backend.uapi;

import io.wgsd.backend.uapi.codec.Snapshot;
import io.wgsd.backend.uapi.codec.Wanted;
import io.wgsd.model.DeviceChange;
import io.wgsd.model.PublicKey;
import io.wgsd.spi.Operation;
import io.wgsd.spi.PartlyAppliedException;
import io.wgsd.spi.RejectedException;
import io.wgsd.spi.WireGuardException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Carries changes out where peers can be edited: in one transaction, except for steps that depend on earlier ones. */
final class EditingChanges {

    private final UapiClient client;

    EditingChanges(UapiClient client) {
        this.client = client;
    }

    void apply(Path socket, Operation operation, Dialect dialect, DeviceChange change) throws WireGuardException {
        List<PublicKey> applied = new ArrayList<>();
        for (Segment segment : Segment.of(change, dialect)) {
            try {
                apply(socket, operation, segment);
            } catch (RejectedException e) {
                applied.addAll(inForce(socket, operation, segment));
                throw applied.isEmpty() ? e : new PartlyAppliedException(operation.origin(), applied, e);
            }
            segment.peers().forEach(step -> applied.add(step.publicKey()));
        }
    }

    private void apply(Path socket, Operation operation, Segment segment) throws WireGuardException {
        if (!segment.needsReading()) {
            write(socket, operation, segment, Optional.empty());
            return;
        }
        try (Snapshot before = client.get(socket, operation, Wanted.presharedKeysOf(segment.restarted(), false))) {
            write(socket, operation, segment, Optional.of(before));
        }
    }

    private void write(Path socket, Operation operation, Segment segment, Optional<Snapshot> before)
            throws WireGuardException {
        client.set(socket, operation, segment.hasSecrets(), segment.change(), out -> segment.write(out, before));
    }

    /** Lines before the one that was refused stay in force; the answer does not say which one, but it can be seen. */
    private List<PublicKey> inForce(Path socket, Operation operation, Segment segment) {
        try (Snapshot after = client.get(socket, operation, Wanted.presharedKeysOf(segment.keyed(), false))) {
            return segment.inForce(after);
        } catch (WireGuardException e) {
            return List.of();
        }
    }
}
