package io.wgsd.discovery.health;

import io.wgsd.discovery.candidate.RegistrationOutcome;
import io.wgsd.discovery.registry.RegistryChannel;
import io.wgsd.dnssd.Advertisement;
import io.wgsd.dnssd.RelayAdvertisement;
import io.wgsd.model.Endpoint;
import io.wgsd.model.Moment;
import io.wgsd.model.PublicKey;
import io.wgsd.model.TimeSource;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A registry that notes when it last said anything and how long it takes, and hands everything on to another.
 * Thread-safe.
 */
final class ObservedChannel implements RegistryChannel {

    /** A single answer may be slow for a reason of its own. */
    private static final int SAMPLES = 8;

    private final RegistryChannel channel;
    private final TimeSource clock;
    private final Deque<Duration> roundTrips = new ArrayDeque<>();
    private volatile @Nullable Moment heardAt;
    private volatile Set<PublicKey> followed = Set.of();

    ObservedChannel(RegistryChannel channel, TimeSource clock) {
        this.channel = channel;
        this.clock = clock;
    }

    /** Returns how long ago the registry last said anything; null if it never did. */
    @Nullable
    Duration age() {
        Moment heard = heardAt;
        return heard == null ? null : clock.now().since(heard);
    }

    /** Returns the shortest of the latest round trips; null before the first. */
    @Nullable
    Duration roundTrip() {
        synchronized (roundTrips) {
            return roundTrips.isEmpty() ? null : Collections.min(roundTrips);
        }
    }

    /** Returns whether the registry pushes changes of any peer. */
    boolean isPushing() {
        return followed.stream().anyMatch(channel::isFollowed);
    }

    @Override
    public InetSocketAddress label() {
        return channel.label();
    }

    @Override
    public Optional<String> refresh(boolean away, Moment at, Runnable wake) {
        return channel.refresh(away, at, wake);
    }

    @Override
    public List<InetSocketAddress> servers() {
        return channel.servers();
    }

    @Override
    public boolean isProven() {
        return channel.isProven();
    }

    @Override
    public CompletableFuture<Optional<Advertisement>> ask(
            PublicKey key, Function<InetSocketAddress, Optional<InetAddress>> sources) {
        Moment asked = clock.now();
        CompletableFuture<Optional<Advertisement>> answer = channel.ask(key, sources);
        var unused = answer.thenRun(() -> heard(asked));
        return answer;
    }

    @Override
    public CompletableFuture<List<RelayAdvertisement>> relays(
            Function<InetSocketAddress, Optional<InetAddress>> sources) {
        return channel.relays(sources);
    }

    @Override
    public CompletableFuture<RegistrationOutcome> register(
            PublicKey key,
            List<Endpoint> candidates,
            Duration lease,
            Function<InetSocketAddress, Optional<InetAddress>> sources) {
        return channel.register(key, candidates, lease, sources);
    }

    @Override
    public CompletableFuture<List<Endpoint>> candidates(
            PublicKey key, Function<InetSocketAddress, Optional<InetAddress>> sources) {
        return channel.candidates(key, sources);
    }

    @Override
    public void follow(
            Set<PublicKey> keys, InetAddress source, BiConsumer<PublicKey, Optional<Advertisement>> listener) {
        followed = Set.copyOf(keys);
        channel.follow(keys, source, (key, news) -> {
            heardAt = clock.now();
            listener.accept(key, news);
        });
    }

    @Override
    public boolean isFollowed(PublicKey key) {
        return channel.isFollowed(key);
    }

    @Override
    public void answers() {
        channel.answers();
    }

    @Override
    public void unfollow() {
        followed = Set.of();
        channel.unfollow();
    }

    private void heard(Moment asked) {
        Moment now = clock.now();
        heardAt = now;
        synchronized (roundTrips) {
            roundTrips.addLast(now.since(asked));
            if (roundTrips.size() > SAMPLES) {
                roundTrips.removeFirst();
            }
        }
    }
}
