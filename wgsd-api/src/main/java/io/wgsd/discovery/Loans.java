package io.wgsd.discovery;

import io.wgsd.model.Device;
import io.wgsd.model.DeviceChange;
import io.wgsd.model.Endpoint;
import io.wgsd.model.Peer;
import io.wgsd.model.PublicKey;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an agent has changed besides endpoints and must put back, and where peers were: noted before it is done, so that a
 * crash at any moment loses nothing.
 *
 * <p>Not thread-safe.
 */
final class Loans {

    private static final Logger LOG = LoggerFactory.getLogger(Loans.class);

    /** Endpoints may be a little old after a crash; a disk should not be written at every change. */
    private static final Duration SAVE_INTERVAL = Duration.ofSeconds(30);

    private final AgentStore store;
    private final Map<PublicKey, Endpoint> endpoints = new HashMap<>();
    private final Set<PublicKey> lent = new HashSet<>();
    private AgentStore.Kept saved = AgentStore.Kept.nothing();
    private @Nullable Moment checked;

    Loans(AgentStore store) {
        this.store = store;
        try {
            saved = store.load();
        } catch (IOException e) {
            LOG.warn("what the agent before knew is lost: {}", e.getMessage());
        }
        endpoints.putAll(saved.endpoints());
        lent.addAll(saved.lentKeepalives());
    }

    Map<PublicKey, Endpoint> endpoints() {
        return Map.copyOf(endpoints);
    }

    /** Notes that keepalives are about to be switched on; returns false where that cannot be noted, and must not be done. */
    boolean lend(Set<PublicKey> keys, AgentState state) {
        if (lent.containsAll(keys)) {
            return true;
        }
        lent.addAll(keys);
        if (save(state)) {
            return true;
        }
        lent.retainAll(saved.lentKeepalives());
        return false;
    }

    /** Returns what puts back what was lent, where nobody else has changed it. */
    Optional<DeviceChange> returning(Device device) {
        DeviceChange.Builder change = DeviceChange.builder();
        boolean any = false;
        for (PublicKey key : lent) {
            Optional<Peer> peer = device.peer(key)
                    .filter(each -> each.persistentKeepalive().equals(Optional.of(Decisions.LENT_KEEPALIVE)));
            if (peer.isPresent()) {
                change.peer(key).updateOnly().persistentKeepalive(Duration.ZERO);
                any = true;
            }
        }
        return any ? Optional.of(change.build()) : Optional.empty();
    }

    void returned(AgentState state) {
        if (!lent.isEmpty()) {
            lent.clear();
            save(state);
        }
    }

    /** Keeps where peers are that have a live session, now and then. */
    void remember(AgentState state, Moment at) {
        Moment before = checked;
        if (before == null) {
            checked = at;
        } else if (at.since(before).compareTo(SAVE_INTERVAL) >= 0) {
            checked = at;
            save(state);
        }
    }

    /** Keeps all that is known now, where it has changed; returns whether it is kept. */
    boolean save(AgentState state) {
        state.peers().forEach((key, memory) -> {
            if (memory.state() == PeerState.DIRECT) {
                memory.peer().endpoint().ifPresent(endpoint -> endpoints.put(key, endpoint));
            }
        });
        if (!state.peers().isEmpty()) {
            endpoints.keySet().retainAll(state.peers().keySet());
        }
        AgentStore.Kept now = new AgentStore.Kept(endpoints, lent);
        if (now.equals(saved)) {
            return true;
        }
        try {
            store.save(now);
            saved = now;
            return true;
        } catch (IOException e) {
            LOG.warn("what is to be known at the next start is not kept: {}", e.getMessage());
            return false;
        }
    }
}
