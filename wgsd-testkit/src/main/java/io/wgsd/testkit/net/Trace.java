package io.wgsd.testkit.net;

import io.wgsd.model.Endpoint;
import io.wgsd.model.PublicKey;
import io.wgsd.testkit.net.random.Randomness;
import io.wgsd.testkit.net.wireguard.Message;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The history of a {@link SimulatedNet}: a hash of all that happened, and a way to watch it happen.
 *
 * <p>The same net with the same seed and the same calls has the same hash, on every Java runtime.
 */
public final class Trace {

    private final Timeline timeline;
    private final List<Consumer<? super NetEvent>> listeners = new CopyOnWriteArrayList<>();
    private final Map<NetEvent.Kind, Counter> counts = new EnumMap<>(NetEvent.Kind.class);
    private long hash;

    Trace(Timeline timeline) {
        this.timeline = timeline;
    }

    /**
     * Returns the hash of the history so far.
     *
     * @return a number that differs, in all probability, as soon as anything happened differently or at another time
     */
    public long hash() {
        return hash;
    }

    /**
     * Returns how often something has happened.
     *
     * @param kind what
     * @return how often so far
     */
    public long count(NetEvent.Kind kind) {
        Counter counter = counts.get(kind);
        return counter == null ? 0 : counter.value;
    }

    /**
     * Adds a listener for everything that happens from now on.
     *
     * @param listener called on the thread that runs the timeline
     */
    public void listen(Consumer<? super NetEvent> listener) {
        listeners.add(Objects.requireNonNull(listener, "listener"));
    }

    /** Records what happened to a datagram; its payload counts only where it is WireGuard's, whose hash is stable. */
    void record(NetEvent.Kind kind, Node node, Datagram datagram) {
        int payload = datagram.payload() instanceof Message message ? message.hashCode() : 0;
        int hash =
                31 * (31 * datagram.source().hashCode() + datagram.destination().hashCode()) + datagram.length();
        record(kind, node, datagram, 31 * hash + payload);
    }

    /** Records what happened to a peer of a node's device, and where that peer is reached. */
    void record(NetEvent.Kind kind, Node node, PublicKey peer, @Nullable Endpoint endpoint) {
        record(kind, node, new PeerEvent(peer, endpoint), 31 * peer.hashCode() + Objects.hashCode(endpoint));
    }

    private void record(NetEvent.Kind kind, Node node, Object subject, int subjectHash) {
        long nanos = timeline.nanos();
        counts.computeIfAbsent(kind, first -> new Counter()).value++;
        hash = Randomness.mix(hash + nanos)
                + 31L * (kind.name().hashCode() + 31L * (node.name().hashCode() + 31L * subjectHash));
        if (!listeners.isEmpty()) {
            NetEvent event = new NetEvent(Duration.ofNanos(nanos), kind, node.name(), subject.toString());
            listeners.forEach(listener -> listener.accept(event));
        }
    }

    private record PeerEvent(PublicKey peer, @Nullable Endpoint endpoint) {

        @Override
        public String toString() {
            return peer + (endpoint == null ? "" : " at " + endpoint);
        }
    }

    private static final class Counter {

        long value;
    }
}
