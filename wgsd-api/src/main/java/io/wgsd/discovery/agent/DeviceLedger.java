package io.wgsd.discovery.agent;

import io.wgsd.discovery.AgentEvent;
import io.wgsd.discovery.AgentStore;
import io.wgsd.discovery.PeerState;
import io.wgsd.discovery.decide.AgentMemory;
import io.wgsd.discovery.decide.DeviceDecider;
import io.wgsd.model.Device;
import io.wgsd.model.DeviceChange;
import io.wgsd.model.Endpoint;
import io.wgsd.model.Moment;
import io.wgsd.model.Peer;
import io.wgsd.model.PublicKey;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What an agent keeps in its store: what it has done to the device and must undo, the persistent keepalives that it has
 * lent and the relays that it has added, stored before it is done so that no crash loses anything; and where peers were.
 *
 * <p>Not thread-safe.
 */
final class DeviceLedger {

    /** Endpoints may be a little old after a crash; the disk should not be written at every change. */
    private static final Duration SAVE_INTERVAL = Duration.ofSeconds(30);

    private final AgentStore store;
    private final Consumer<AgentEvent> listener;
    private final Map<PublicKey, Endpoint> endpoints = new HashMap<>();
    private final Set<PublicKey> lent = new HashSet<>();
    private final Set<PublicKey> relays = new HashSet<>();
    private final Map<PublicKey, Duration> switched = new HashMap<>();
    private AgentStore.Kept saved = AgentStore.Kept.nothing();
    private @Nullable Moment checked;
    private @Nullable String failure;

    DeviceLedger(AgentStore store, Consumer<AgentEvent> listener) {
        this.store = store;
        this.listener = listener;
        try {
            saved = store.load();
            // A store that cannot be written should be reported now, and not when it is needed.
            store.save(saved);
        } catch (IOException | RuntimeException e) {
            report(e);
        }
        endpoints.putAll(saved.endpoints());
        lent.addAll(saved.lentKeepalives());
        relays.addAll(saved.addedRelays());
        switched.putAll(saved.switchedKeepalives());
    }

    Map<PublicKey, Endpoint> endpoints() {
        return Map.copyOf(endpoints);
    }

    /**
     * Stores that keepalives are about to be lent; returns those that could not be stored and therefore must not be
     * lent.
     */
    Set<PublicKey> lend(Set<PublicKey> keys, AgentMemory state) {
        return note(keys, lent, AgentStore.Kept::lentKeepalives, state);
    }

    /** Stores that relays are about to be added; returns those that could not be stored and must not be added. */
    Set<PublicKey> add(Set<PublicKey> keys, AgentMemory state) {
        return note(keys, relays, AgentStore.Kept::addedRelays, state);
    }

    /**
     * Stores that a peer's keepalive is about to be switched to another interval and back; returns whether it may be.
     *
     * @param interval the one that it has; zero where it is off
     */
    boolean switching(PublicKey key, Duration interval, AgentMemory state) {
        switched.put(key, interval);
        boolean noted = save(state);
        if (!noted) {
            switched.remove(key);
        }
        return noted;
    }

    private Set<PublicKey> note(
            Set<PublicKey> keys,
            Set<PublicKey> noted,
            Function<AgentStore.Kept, Set<PublicKey>> stored,
            AgentMemory state) {
        if (noted.containsAll(keys)) {
            return Set.of();
        }
        noted.addAll(keys);
        if (save(state)) {
            return Set.of();
        }
        noted.retainAll(stored.apply(saved));
        Set<PublicKey> missing = new HashSet<>(keys);
        missing.removeAll(noted);
        return missing;
    }

    /** Notes that relays were removed, or belong to somebody else now. */
    void removed(Set<PublicKey> keys, AgentMemory state) {
        if (relays.removeAll(keys)) {
            save(state);
        }
    }

    /**
     * Returns the device without peers that an agent has added and that are no attached relays: the decoy, and what
     * could not be removed. Nobody is there.
     *
     * @param attached the relays that this host attaches to
     */
    Device withoutStrays(Device device, Set<PublicKey> attached) {
        Set<PublicKey> strays = strays(device, attached);
        if (strays.isEmpty()) {
            return device;
        }
        Device.Builder without = Device.builder(device.name(), device.kind())
                .listenPort(device.listenPort())
                .firewallMark(device.firewallMark())
                .peers(device.peers().stream()
                        .filter(peer -> !strays.contains(peer.publicKey()))
                        .toList());
        device.publicKey().ifPresent(without::publicKey);
        return without.build();
    }

    /** Returns the peers of the device that an agent has added, and that are no attached relays. */
    Set<PublicKey> strays(Device device, Set<PublicKey> attached) {
        Set<PublicKey> strays = new HashSet<>(relays);
        strays.removeAll(attached);
        strays.removeIf(key -> !isOurs(device, key));
        return strays;
    }

    /**
     * Returns the change that undoes what an agent has left behind: it removes strays, and gives keepalives that it was
     * switching their interval back.
     *
     * @param used peers to which that is still being done
     */
    Optional<DeviceChange> leftBehind(Device device, Set<PublicKey> attached, Set<PublicKey> used) {
        DeviceChange.Builder change = DeviceChange.builder();
        Set<PublicKey> strays = strays(device, attached);
        strays.removeAll(used);
        strays.forEach(key -> change.peer(key).remove());
        Map<PublicKey, Duration> intervals = halfSwitched(device);
        intervals.keySet().removeAll(used);
        intervals.forEach((key, interval) -> change.peer(key).updateOnly().persistentKeepalive(interval));
        return strays.isEmpty() && intervals.isEmpty() ? Optional.empty() : Optional.of(change.build());
    }

    /** Notes that nothing of that is left behind on the device. */
    void tidied(Set<PublicKey> removed, Set<PublicKey> used, AgentMemory state) {
        boolean changed = relays.removeAll(removed);
        changed |= switched.keySet().retainAll(used);
        if (changed) {
            save(state);
        }
    }

    /** Returns whether it is noted that keepalives are being switched which are not any more. */
    boolean isUntidy(Set<PublicKey> used) {
        return !used.containsAll(switched.keySet());
    }

    /** Returns the intervals of the keepalives that are as they were in the middle of being switched. */
    private Map<PublicKey, Duration> halfSwitched(Device device) {
        Map<PublicKey, Duration> intervals = new HashMap<>();
        switched.forEach((key, before) -> {
            Optional<Duration> between = before.isZero() ? Optional.of(DeviceDecider.LENT_KEEPALIVE) : Optional.empty();
            boolean half = device.peer(key)
                    .filter(peer -> peer.persistentKeepalive().equals(between))
                    .isPresent();
            if (half && !lent.contains(key)) {
                intervals.put(key, before);
            }
        });
        return intervals;
    }

    private static boolean isOurs(Device device, PublicKey key) {
        return device.peer(key).filter(each -> each.allowedIps().isEmpty()).isPresent();
    }

    /**
     * Returns the change that switches lent keepalives off and removes added relays, except what somebody else has
     * changed.
     *
     * @param staying relays that stay
     */
    Optional<DeviceChange> returning(Device device, Set<PublicKey> staying) {
        DeviceChange.Builder change = DeviceChange.builder();
        boolean any = false;
        for (PublicKey key : lent) {
            Optional<Peer> peer = device.peer(key)
                    .filter(each -> each.persistentKeepalive().equals(Optional.of(DeviceDecider.LENT_KEEPALIVE)));
            if (peer.isPresent()) {
                change.peer(key).updateOnly().persistentKeepalive(Duration.ZERO);
                any = true;
            }
        }
        for (PublicKey key : relays) {
            if (isOurs(device, key) && !staying.contains(key)) {
                change.peer(key).remove();
                any = true;
            }
        }
        for (Map.Entry<PublicKey, Duration> each : halfSwitched(device).entrySet()) {
            change.peer(each.getKey()).updateOnly().persistentKeepalive(each.getValue());
            any = true;
        }
        return any ? Optional.of(change.build()) : Optional.empty();
    }

    void returned(AgentMemory state, Set<PublicKey> staying) {
        if (!lent.isEmpty() || !switched.isEmpty() || !staying.containsAll(relays)) {
            lent.clear();
            switched.clear();
            relays.retainAll(staying);
            save(state);
        }
    }

    /** Stores, now and then, where the peers with a live session are. */
    void remember(AgentMemory state, Moment at) {
        Moment before = checked;
        if (before == null) {
            checked = at;
        } else if (at.since(before).compareTo(SAVE_INTERVAL) >= 0) {
            checked = at;
            save(state);
        }
    }

    /** Stores everything if it has changed; returns whether the store has it. */
    boolean save(AgentMemory state) {
        state.peers().forEach((key, memory) -> {
            if (memory.state() == PeerState.DIRECT) {
                memory.peer().endpoint().ifPresent(endpoint -> endpoints.put(key, endpoint));
            }
        });
        if (!state.peers().isEmpty()) {
            endpoints.keySet().retainAll(state.peers().keySet());
        }
        AgentStore.Kept now = AgentStore.Kept.builder()
                .endpoints(endpoints)
                .lentKeepalives(lent)
                .addedRelays(relays)
                .switchedKeepalives(switched)
                .build();
        if (now.equals(saved)) {
            return true;
        }
        try {
            store.save(now);
            saved = now;
            failure = null;
            return true;
        } catch (IOException | RuntimeException e) {
            report(e);
            return false;
        }
    }

    /** Reports a failure, once for as long as it lasts. */
    private void report(Exception e) {
        String text = e instanceof IOException && e.getMessage() != null ? e.getMessage() : e.toString();
        if (!text.equals(failure)) {
            failure = text;
            listener.accept(new AgentEvent.StoreFailed(
                    "the agent's state cannot be kept, so that no persistent keepalive is lent and no relay"
                            + " is added: " + text));
        }
    }
}
