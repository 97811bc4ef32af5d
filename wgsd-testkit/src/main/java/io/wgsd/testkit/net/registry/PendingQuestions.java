package io.wgsd.testkit.net.registry;

import io.wgsd.discovery.DiscoveryException;
import io.wgsd.model.Endpoint;
import io.wgsd.testkit.net.Timeline;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Questions of one kind that wait for their answers: each is repeated, and given up after 5 s. Not thread-safe. */
final class PendingQuestions<T> {

    private static final List<Duration> REPEATS = List.of(Duration.ofMillis(715), Duration.ofMillis(2145));
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int LENGTH = 100;

    private final Timeline timeline;
    private final Endpoint server;
    private final SimulatedLookup.Socket socket;
    private final Map<Integer, CompletableFuture<T>> pending = new HashMap<>();

    PendingQuestions(Timeline timeline, Endpoint server, SimulatedLookup.Socket socket) {
        this.timeline = timeline;
        this.server = server;
        this.socket = socket;
    }

    CompletableFuture<T> ask(int id, RegistryMessage question) {
        CompletableFuture<T> future = new CompletableFuture<>();
        pending.put(id, future);
        send(id, question);
        REPEATS.forEach(delay -> timeline.schedule(delay, () -> send(id, question)));
        timeline.schedule(TIMEOUT, () -> giveUp(id));
        return future;
    }

    void answered(int id, T answer) {
        CompletableFuture<T> future = pending.remove(id);
        if (future != null) {
            future.complete(answer);
        }
    }

    private void send(int id, RegistryMessage question) {
        if (pending.containsKey(id)) {
            socket.send(LENGTH, question);
        }
    }

    private void giveUp(int id) {
        CompletableFuture<T> future = pending.remove(id);
        if (future != null) {
            future.completeExceptionally(new DiscoveryException(
                    DiscoveryException.Kind.TIMED_OUT,
                    new InetSocketAddress(server.address().toInetAddress(), server.port()),
                    "the simulated registry " + server + " has not answered within " + TIMEOUT.toSeconds() + " s",
                    null));
        }
    }
}
