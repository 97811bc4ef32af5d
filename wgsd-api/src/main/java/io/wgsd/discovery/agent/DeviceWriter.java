package io.wgsd.discovery.agent;

import io.wgsd.discovery.AgentEvent;
import io.wgsd.discovery.decide.AgentMemory;
import io.wgsd.discovery.decide.DeviceDecision;
import io.wgsd.discovery.decide.FailedWrites;
import io.wgsd.model.Device;
import io.wgsd.model.DeviceChange;
import io.wgsd.model.Endpoint;
import io.wgsd.model.Moment;
import io.wgsd.model.Peer;
import io.wgsd.model.PublicKey;
import io.wgsd.spi.CancelledException;
import io.wgsd.spi.NoSuchDeviceException;
import io.wgsd.spi.PartlyAppliedException;
import io.wgsd.spi.UnsupportedException;
import io.wgsd.spi.WireGuardException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes what was decided to the device, after noting in the store what has to be undone later; what could not be
 * written is taken out of the decision.
 *
 * <p>Not thread-safe.
 */
final class DeviceWriter {

    /** How soon what could not be undone is attempted again. */
    private static final Duration TIDY_AGAIN = Duration.ofSeconds(1);

    private final BackendCalls source;
    private final String device;
    private final DeviceLedger stored;
    private final Callbacks callbacks;
    private final AgentTally tally;
    private boolean canRestart;
    private @Nullable String unwritable;
    private @Nullable Moment tidied;

    DeviceWriter(BackendCalls source, String device, DeviceLedger stored, Callbacks callbacks, AgentTally tally) {
        this.source = source;
        this.device = device;
        this.stored = stored;
        this.callbacks = callbacks;
        this.tally = tally;
    }

    boolean canRestart() {
        return canRestart;
    }

    boolean isUnwritable() {
        return unwritable != null;
    }

    /**
     * Finds out what the backend can do, and undoes what an agent before this one has left on the device; returns
     * whether it has written.
     */
    boolean found(Device read, AgentMemory state) throws WireGuardException {
        canRestart = source.canRestart();
        return giveBack(read, state, state.relays().added());
    }

    /**
     * Writes what was decided, and returns the part of the decision that was carried out; empty if none was and a new
     * one is needed.
     *
     * @param state what was remembered before the decision
     * @throws WireGuardException if the device is gone, or the agent is being closed
     */
    Optional<DeviceDecision> write(DeviceDecision decided, AgentMemory state, Moment at) throws WireGuardException {
        DeviceDecision decision = without(
                decided,
                stored.lend(decided.lent(), decided.state()),
                "its persistent keepalive is not lent, since that cannot be stored",
                state,
                at);
        Optional<DeviceDecision> done = writePeers(decision, state, at);
        return done.isEmpty() ? done : Optional.of(writeRelays(done.get(), state, at));
    }

    /** Each relay is written on its own, since one that cannot be is no reason to leave another one out. */
    private DeviceDecision writeRelays(DeviceDecision decided, AgentMemory state, Moment at) throws WireGuardException {
        DeviceDecision decision = without(
                decided,
                stored.add(decided.relays().added(), decided.state()),
                "is not added, since that cannot be stored",
                state,
                at);
        DeviceDecision done = decision;
        for (Map.Entry<PublicKey, DeviceChange> change :
                decision.relays().changes().entrySet()) {
            try {
                source.apply(change.getValue());
                tally.wrote(change.getValue(), 0);
                unwritable = null;
            } catch (NoSuchDeviceException | CancelledException e) {
                callbacks.record(Replay.dropped());
                throw e;
            } catch (WireGuardException e) {
                tally.failedToWrite();
                cannotWrite(e);
                done = without(done, Set.of(change.getKey()), "cannot be written: " + e.getMessage(), state, at);
            }
        }
        stored.removed(done.relays().removed(), done.state());
        return done;
    }

    private Optional<DeviceDecision> writePeers(DeviceDecision decision, AgentMemory state, Moment at)
            throws WireGuardException {
        Optional<DeviceChange> change = decision.change();
        if (change.isEmpty()) {
            return Optional.of(decision);
        }
        try {
            source.apply(change.get());
            tally.wrote(change.get(), decision.lent().size());
            unwritable = null;
            return Optional.of(decision);
        } catch (NoSuchDeviceException | CancelledException e) {
            callbacks.record(Replay.dropped());
            throw e;
        } catch (WireGuardException e) {
            tally.failedToWrite();
            if (e instanceof UnsupportedException && decision.restarts()) {
                canRestart = false;
                callbacks.record(Replay.dropped());
                return Optional.empty();
            }
            cannotWrite(e);
            Set<PublicKey> failed = new HashSet<>();
            change.get().peers().forEach(part -> failed.add(part.publicKey()));
            if (e instanceof PartlyAppliedException partly) {
                failed.removeAll(partly.appliedPeers());
            }
            return Optional.of(without(decision, failed, String.valueOf(e.getMessage()), state, at));
        }
    }

    private DeviceDecision without(
            DeviceDecision decision, Set<PublicKey> keys, String reason, AgentMemory state, Moment at) {
        if (keys.isEmpty()) {
            return decision;
        }
        Map<PublicKey, String> why = new HashMap<>();
        keys.forEach(key -> why.put(key, reason));
        callbacks.record(Replay.undone(why));
        return FailedWrites.of(decision, state, why, at);
    }

    /** It is tried again when the next attempt is due, and reported once. */
    private void cannotWrite(WireGuardException e) {
        String message = String.valueOf(e.getMessage());
        if (!message.equals(unwritable)) {
            callbacks.report(new AgentEvent.DeviceDown(device, message));
        }
        unwritable = message;
    }

    /**
     * Undoes what this agent or the one before it has done to the device, except where peers are, and returns whether
     * it has written.
     *
     * @param staying the relays that stay
     */
    boolean giveBack(Device read, AgentMemory state, Set<PublicKey> staying) throws WireGuardException {
        Optional<DeviceChange> change = stored.returning(read, staying);
        try {
            if (change.isPresent()) {
                source.apply(change.get());
            }
            stored.returned(state, staying);
            return change.isPresent();
        } catch (NoSuchDeviceException | CancelledException e) {
            throw e;
        } catch (WireGuardException e) {
            // It stays in the store; the end or the next start tries again.
            cannotWrite(e);
            return false;
        }
    }

    /**
     * Undoes what an agent has left behind on the device, such as a peer that it could not remove, and returns whether
     * it has written.
     *
     * @param used peers to which it is still doing something
     */
    boolean tidyUp(Device read, AgentMemory state, Set<PublicKey> used, Moment at) throws WireGuardException {
        Set<PublicKey> attached = state.relays().added();
        Optional<DeviceChange> change = stored.leftBehind(read, attached, used);
        if (change.isEmpty()) {
            if (stored.isUntidy(used)) {
                stored.tidied(Set.of(), used, state);
            }
            return false;
        }
        Moment last = tidied;
        if (last != null && at.since(last).compareTo(TIDY_AGAIN) < 0) {
            return false;
        }
        tidied = at;
        try {
            source.apply(change.get());
            Set<PublicKey> removed = stored.strays(read, attached);
            removed.removeAll(used);
            stored.tidied(removed, used, state);
            return true;
        } catch (NoSuchDeviceException | CancelledException e) {
            throw e;
        } catch (WireGuardException e) {
            cannotWrite(e);
            return false;
        }
    }

    /** Sets the endpoint of the peer through which a registry is reached. */
    void setRegistryPeer(Peer peer, Endpoint endpoint) {
        try {
            source.apply(DeviceChange.builder()
                    .peer(peer.publicKey())
                    .updateOnly()
                    .endpoint(endpoint)
                    .build());
            callbacks.report(new AgentEvent.EndpointSet(peer.publicKey(), endpoint, peer.endpoint()));
        } catch (NoSuchDeviceException | CancelledException e) {
            // The next reading reports the one, and the caller that closes the agent knows of the other.
        } catch (WireGuardException e) {
            cannotWrite(e);
        }
    }
}
