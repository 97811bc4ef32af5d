package io.wgsd.testkit.net.registry;

import io.wgsd.discovery.PeerLookup;
import io.wgsd.dnssd.Advertisement;
import io.wgsd.model.PublicKey;
import io.wgsd.testkit.net.Scheduled;
import io.wgsd.testkit.net.Timeline;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Peers whose changes a simulated registry pushes, if it does that at all. */
final class Subscription implements PeerLookup.Following {

    private static final Duration KEEPALIVE = Duration.ofSeconds(5);
    private static final Duration LOST = Duration.ofSeconds(15);

    private final Timeline timeline;
    private final SimulatedLookup.Socket socket;
    private final Set<PublicKey> keys;
    private final BiConsumer<PublicKey, Optional<Advertisement>> listener;
    private final Scheduled subscribing;
    private @Nullable Duration confirmed;
    private int latest;
    private boolean closed;

    Subscription(
            Timeline timeline,
            SimulatedLookup.Socket socket,
            Set<PublicKey> keys,
            BiConsumer<PublicKey, Optional<Advertisement>> listener) {
        this.timeline = timeline;
        this.socket = socket;
        this.keys = Set.copyOf(keys);
        this.listener = listener;
        subscribing = timeline.scheduleAtFixedRate(Duration.ZERO, KEEPALIVE, this::subscribe);
    }

    @Override
    public boolean isActive() {
        return confirmed != null && timeline.elapsed().minus(confirmed).compareTo(LOST) < 0;
    }

    @Override
    public void close() {
        closed = true;
        subscribing.cancel();
    }

    private void subscribe() {
        socket.send(100, new RegistryMessage.Subscribe(keys, !isActive()));
    }

    void receive(RegistryMessage message) {
        if (closed) {
            return;
        }
        if (message instanceof RegistryMessage.Subscribed) {
            confirmed = timeline.elapsed();
        } else if (message instanceof RegistryMessage.Push push) {
            socket.send(20, new RegistryMessage.Received(push.id()));
            // Repeated, or overtaken by what is newer.
            if (push.id() > latest) {
                latest = push.id();
                listener.accept(push.key(), push.change());
            }
        }
    }
}
