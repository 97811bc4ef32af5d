package io.wgsd.discovery;

import static io.wgsd.testkit.net.NatLab.DEVICE;
import static io.wgsd.testkit.net.NatLab.REGISTRY_TUNNEL;

import io.wgsd.dnssd.Advertisement;
import io.wgsd.model.Endpoint;
import io.wgsd.model.PublicKey;
import io.wgsd.testkit.net.NatLab;
import io.wgsd.testkit.net.SimulatedHost;
import io.wgsd.testkit.net.SimulatedWireGuard;
import io.wgsd.testkit.net.TunnelDatagram;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Asks the lab's registry through the simulated tunnel, repeats what is lost as the real client does, and gives up after 5 s. */
final class SimulatedFeed implements Feed {

    static final InetSocketAddress SERVER = new InetSocketAddress(REGISTRY_TUNNEL.toInetAddress(), 53);
    private static final Endpoint DNS = Endpoint.of(REGISTRY_TUNNEL, 53);
    private static final int PORT = 40_053;
    private static final List<Duration> REPEATS = List.of(Duration.ofMillis(715), Duration.ofMillis(2145));

    private final NatLab lab;
    private final SimulatedWireGuard wireGuard;
    private final Map<Integer, CompletableFuture<Optional<Advertisement>>> waiting = new HashMap<>();
    private int lastId;

    SimulatedFeed(NatLab lab, SimulatedHost host) {
        this.lab = lab;
        wireGuard = host.wireGuard(DEVICE);
        wireGuard.bind(PORT, this::receive);
    }

    record Query(int id, PublicKey key) {}

    record Reply(int id, Optional<Advertisement> answer) {}

    @Override
    public List<InetSocketAddress> servers() {
        return List.of(SERVER);
    }

    @Override
    public boolean isProven() {
        return false;
    }

    @Override
    public CompletableFuture<Optional<Advertisement>> ask(
            PublicKey key, Function<InetSocketAddress, Optional<InetAddress>> sources) {
        Query query = new Query(++lastId, key);
        CompletableFuture<Optional<Advertisement>> future = new CompletableFuture<>();
        waiting.put(query.id(), future);
        send(query);
        REPEATS.forEach(delay -> lab.timeline().schedule(delay, () -> send(query)));
        lab.timeline().schedule(Duration.ofSeconds(5), () -> giveUp(query));
        return future;
    }

    private void send(Query query) {
        if (waiting.containsKey(query.id())) {
            wireGuard.send(PORT, DNS, 100, query);
        }
    }

    private void giveUp(Query query) {
        CompletableFuture<Optional<Advertisement>> future = waiting.remove(query.id());
        if (future != null) {
            future.completeExceptionally(Failures.tooLate("asking"));
        }
    }

    private void receive(TunnelDatagram datagram) {
        Reply reply = (Reply) datagram.payload();
        CompletableFuture<Optional<Advertisement>> future = waiting.remove(reply.id());
        if (future != null) {
            future.complete(reply.answer());
        }
    }
}
