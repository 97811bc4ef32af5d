package io.wgsd.command.explain;

import io.wgsd.discovery.AgentEvent;
import io.wgsd.model.PublicKey;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What has happened to an agent's peers lately. For each peer it keeps the latest {@value #MOST} events, for the
 * {@value #MOST_PEERS} peers that had the latest ones, and as many of the agent itself. Thread-safe.
 */
public final class Story implements AgentEvent.Listener {

    static final int MOST = 24;
    static final int MOST_PEERS = 1000;

    private final AgentEvent.Listener next;
    private final Supplier<Instant> clock;
    private final Deque<Happening> general = new ArrayDeque<>();
    private final Map<PublicKey, Deque<Happening>> peers = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<PublicKey, Deque<Happening>> eldest) {
            return size() > MOST_PEERS;
        }
    };

    /**
     * Makes an empty story.
     *
     * @param next gets each event after it was noted
     * @param clock the wall clock
     */
    public Story(AgentEvent.Listener next, Supplier<Instant> clock) {
        this.next = next;
        this.clock = clock;
    }

    /** What happened at some time. */
    record Happening(Instant at, AgentEvent event) {}

    @Override
    public void happened(AgentEvent event) {
        note(event);
        next.happened(event);
    }

    private synchronized void note(AgentEvent event) {
        Deque<Happening> entries = peer(event)
                .map(key -> peers.computeIfAbsent(key, unused -> new ArrayDeque<>()))
                .orElse(general);
        if (entries.size() == MOST) {
            entries.removeFirst();
        }
        entries.addLast(new Happening(clock.get(), event));
    }

    /** Returns what happened to a peer and to what the agent needs for all, the oldest first. */
    synchronized List<Happening> of(PublicKey key) {
        Deque<Happening> own = peers.get(key);
        return Stream.concat(general.stream(), own == null ? Stream.empty() : own.stream())
                .sorted(Comparator.comparing(Happening::at))
                .toList();
    }

    /** Returns the peers to which something has happened. */
    synchronized Set<PublicKey> peers() {
        return Set.copyOf(peers.keySet());
    }

    private static Optional<PublicKey> peer(AgentEvent event) {
        if (event instanceof AgentEvent.PeerChanged changed) {
            return Optional.of(changed.peer().publicKey());
        }
        if (event instanceof AgentEvent.EndpointSet set) {
            return Optional.of(set.publicKey());
        }
        return event instanceof AgentEvent.PeerRoamed roamed ? Optional.of(roamed.publicKey()) : Optional.empty();
    }
}
