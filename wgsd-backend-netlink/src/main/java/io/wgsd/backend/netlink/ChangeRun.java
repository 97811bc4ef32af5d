package io.wgsd.backend.netlink;

import io.wgsd.backend.netlink.codec.ChangeWriter;
import io.wgsd.backend.netlink.codec.PeerPart;
import io.wgsd.backend.netlink.codec.Snapshot;
import io.wgsd.model.DeviceChange;
import io.wgsd.model.PeerChange;
import io.wgsd.model.PublicKey;
import io.wgsd.spi.ChangeSegments;
import io.wgsd.spi.Operation;
import io.wgsd.spi.PartlyAppliedException;
import io.wgsd.spi.RejectedException;
import io.wgsd.spi.WireGuardException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One change of a device, carried out in as few messages as possible, and what is known of it when it fails. */
final class ChangeRun {

    private final Kernel kernel;
    private final Scopes scopes;
    private final PrefixRemoval removal;
    private final Operation operation;
    private final DeviceChange change;
    private final List<PeerChange> pending = new ArrayList<>();
    private final List<PublicKey> applied = new ArrayList<>();
    private boolean somethingIsApplied;

    ChangeRun(Kernel kernel, Scopes scopes, PrefixRemoval removal, Operation operation, DeviceChange change) {
        this.kernel = kernel;
        this.scopes = scopes;
        this.removal = removal;
        this.operation = operation;
        this.change = change;
    }

    void apply() throws IOException {
        for (PeerChange step : change.peers()) {
            if (step.endpoint().isPresent()) {
                scopes.index(operation, step.endpoint().get());
            }
        }
        try (Readings readings = new Readings()) {
            if (change.peers().stream().anyMatch(this::removesPrefixes)) {
                removal.find(kernel, operation, readings);
            }
            boolean isFirst = true;
            for (List<PeerChange> steps : ChangeSegments.of(change, this::needsReading)) {
                if (steps.stream().anyMatch(this::needsReading)) {
                    readings.read();
                }
                write(steps, isFirst, readings);
                isFirst = false;
                readings.outdated();
            }
        }
    }

    private void write(List<PeerChange> steps, boolean isFirst, Readings readings) throws IOException {
        kernel.change(operation, (conversation, family) -> {
            pending.clear();
            ChangeWriter out = new ChangeWriter(
                    conversation.request(),
                    family,
                    operation.device(),
                    conversation::nextSequence,
                    endpoint -> scopes.index(operation, endpoint),
                    message -> carryOut(conversation));
            if (isFirst) {
                Restarts.check(operation, change, readings, out);
                out.settings(change);
            }
            for (PeerChange step : steps) {
                write(out, step, readings);
                pending.add(step);
            }
            out.flush();
        });
    }

    private void write(ChangeWriter out, PeerChange step, Readings readings) throws IOException {
        if (step.isRestart()) {
            out.writeTogether(Restarts.parts(step, readings.read()));
        } else if (needsReading(step)) {
            out.write(PeerPart.of(step, false));
            for (List<PeerPart> detour :
                    PrefixRemoval.detours(step, readings.read().device())) {
                out.writeTogether(detour);
            }
        } else {
            out.write(PeerPart.of(step, true));
        }
    }

    private void carryOut(Conversation conversation) throws IOException {
        try {
            Kernel.carryOut(conversation, operation);
        } catch (IOException e) {
            if (Kernel.isUnknownFamily(e) && !somethingIsApplied) {
                // It is all written once more, to the family's new number.
                throw e;
            }
            throw failed(KernelErrors.of(operation, e, change));
        }
        somethingIsApplied = true;
        pending.forEach(step -> applied.add(step.publicKey()));
        pending.clear();
    }

    /**
     * What the kernel had carried out of the message that it refused is read back, because the kernel does not report
     * it.
     */
    private WireGuardException failed(WireGuardException failure) {
        if (!(failure instanceof RejectedException)) {
            return failure;
        }
        removal.mayBeWrong();
        applied.addAll(inForce());
        return somethingIsApplied || !applied.isEmpty()
                ? new PartlyAppliedException(operation.origin(), applied, failure)
                : failure;
    }

    private List<PublicKey> inForce() {
        List<PublicKey> done = new ArrayList<>();
        try (Snapshot after = kernel.read(operation, true, null)) {
            for (PeerChange step : pending) {
                if (!InForce.isInForce(step, after)) {
                    break;
                }
                done.add(step.publicKey());
            }
        } catch (IOException e) {
            return List.of();
        }
        return done;
    }

    private boolean needsReading(PeerChange step) {
        return step.isRestart() || (removesPrefixes(step) && !removal.isTheKernels());
    }

    private boolean removesPrefixes(PeerChange step) {
        return !step.removedAllowedIps().isEmpty();
    }

    /** The device as it was read last, with its secrets where a restart needs them. */
    final class Readings implements AutoCloseable {

        private @Nullable Snapshot last;

        Snapshot read() throws IOException {
            Snapshot known = last;
            if (known == null) {
                boolean secrets = change.peers().stream().anyMatch(PeerChange::isRestart);
                known = kernel.read(operation, secrets, null);
                last = known;
            }
            return known;
        }

        /** Wipes what was read; the next reading is a new one. */
        void outdated() {
            if (last != null) {
                last.close();
                last = null;
            }
        }

        @Override
        public void close() {
            outdated();
        }
    }
}
