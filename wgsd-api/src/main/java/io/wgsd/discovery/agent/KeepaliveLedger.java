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
import org.jspecify.annotations.Nullable;

/**
 * What an agent keeps in its store: which persistent keepalives it has lent and must switch off again, stored before
 * they are lent so that no crash loses one, and where peers were.
 *
 * <p>Not thread-safe.
 */
final class KeepaliveLedger {

    /** Endpoints may be a little old after a crash; the disk should not be written at every change. */
    private static final Duration SAVE_INTERVAL = Duration.ofSeconds(30);

    private final AgentStore store;
    private final Consumer<AgentEvent> listener;
    private final Map<PublicKey, Endpoint> endpoints = new HashMap<>();
    private final Set<PublicKey> lent = new HashSet<>();
    private AgentStore.Kept saved = AgentStore.Kept.nothing();
    private @Nullable Moment checked;
    private @Nullable String failure;

    KeepaliveLedger(AgentStore store, Consumer<AgentEvent> listener) {
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
    }

    Map<PublicKey, Endpoint> endpoints() {
        return Map.copyOf(endpoints);
    }

    /**
     * Stores that keepalives are about to be lent; returns those that could not be stored and therefore must not be
     * lent.
     */
    Set<PublicKey> lend(Set<PublicKey> keys, AgentMemory state) {
        if (lent.containsAll(keys)) {
            return Set.of();
        }
        lent.addAll(keys);
        if (save(state)) {
            return Set.of();
        }
        lent.retainAll(saved.lentKeepalives());
        Set<PublicKey> missing = new HashSet<>(keys);
        missing.removeAll(lent);
        return missing;
    }

    /** Returns the change that switches lent keepalives off, except those that somebody else has changed. */
    Optional<DeviceChange> returning(Device device) {
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
        return any ? Optional.of(change.build()) : Optional.empty();
    }

    void returned(AgentMemory state) {
        if (!lent.isEmpty()) {
            lent.clear();
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
                    "the agent's state cannot be kept, so that no persistent keepalive is" + " lent: " + text));
        }
    }
}
