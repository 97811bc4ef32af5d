package io.wgsd.discovery.agent;

import static io.wgsd.testkit.net.NatLab.DEVICE;
import static io.wgsd.testkit.net.NatLab.REGISTRY_TUNNEL;

import io.wgsd.discovery.lookup.LookupErrors;
import io.wgsd.discovery.registry.RegistryChannel;
import io.wgsd.dnssd.Advertisement;
import io.wgsd.model.Endpoint;
import io.wgsd.model.PublicKey;
import io.wgsd.testkit.net.NatLab;
import io.wgsd.testkit.net.Scheduled;
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
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Asks the lab's registry through the simulated tunnel, repeats what is lost as the real client does, and gives up after 5 s;
 * and follows it where it tells of changes by itself.
 */
final class SimulatedChannel implements RegistryChannel {

    static final InetSocketAddress SERVER = new InetSocketAddress(REGISTRY_TUNNEL.toInetAddress(), 53);
    private static final Endpoint DNS = Endpoint.of(REGISTRY_TUNNEL, 53);
    private static final int PORT = 40_053;
    private static final List<Duration> REPEATS = List.of(Duration.ofMillis(715), Duration.ofMillis(2145));
    private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(5);
    private static final Duration LOST = Duration.ofSeconds(15);

    private final NatLab lab;
    private final SimulatedWireGuard wireGuard;
    private final Map<Integer, CompletableFuture<Optional<Advertisement>>> waiting = new HashMap<>();
    private Set<PublicKey> followed = Set.of();
    private BiConsumer<PublicKey, Optional<Advertisement>> listener = (key, told) -> {};
    private @Nullable Scheduled following;
    private @Nullable Duration confirmed;
    private int lastTold;
    private int lastId;

    SimulatedChannel(NatLab lab, SimulatedHost host) {
        this.lab = lab;
        wireGuard = host.wireGuard(DEVICE);
        wireGuard.bind(PORT, this::receive);
    }

    record Query(int id, PublicKey key) {}

    record ScriptedResponse(int id, Optional<Advertisement> answer) {}

    /** Asks to be told of changes, and, for the first time, of how things are. */
    record Follow(Set<PublicKey> keys, boolean first) {}

    record Followed() {}

    record Told(int id, PublicKey key, Optional<Advertisement> news) {}

    record Heard(int id) {}

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

    @Override
    public void follow(Set<PublicKey> keys, InetAddress source, BiConsumer<PublicKey, Optional<Advertisement>> to) {
        listener = to;
        if (!keys.equals(followed)) {
            followed = Set.copyOf(keys);
            unfollow();
            following = lab.timeline().scheduleAtFixedRate(Duration.ZERO, SIGN_OF_LIFE, this::sendFollow);
        }
    }

    @Override
    public boolean isFollowed(PublicKey key) {
        return isConfirmed() && followed.contains(key);
    }

    @Override
    public void answers() {
        if (following != null && !isConfirmed()) {
            sendFollow();
        }
    }

    @Override
    public void unfollow() {
        if (following != null) {
            following.cancel();
        }
        following = null;
        confirmed = null;
    }

    private boolean isConfirmed() {
        return confirmed != null && lab.timeline().elapsed().minus(confirmed).compareTo(LOST) < 0;
    }

    private void sendFollow() {
        wireGuard.send(PORT, DNS, 100, new Follow(followed, !isConfirmed()));
    }

    private void send(Query query) {
        if (waiting.containsKey(query.id())) {
            wireGuard.send(PORT, DNS, 100, query);
        }
    }

    private void giveUp(Query query) {
        CompletableFuture<Optional<Advertisement>> future = waiting.remove(query.id());
        if (future != null) {
            future.completeExceptionally(LookupErrors.tooLate("asking"));
        }
    }

    private void receive(TunnelDatagram datagram) {
        if (datagram.payload() instanceof ScriptedResponse response) {
            CompletableFuture<Optional<Advertisement>> future = waiting.remove(response.id());
            if (future != null) {
                future.complete(response.answer());
            }
        } else if (datagram.payload() instanceof Followed) {
            confirmed = lab.timeline().elapsed();
        } else if (datagram.payload() instanceof Told told) {
            wireGuard.send(PORT, DNS, 20, new Heard(told.id()));
            // Repeated, or overtaken by what is newer.
            if (told.id() > lastTold && following != null) {
                lastTold = told.id();
                listener.accept(told.key(), told.news());
            }
        }
    }
}
