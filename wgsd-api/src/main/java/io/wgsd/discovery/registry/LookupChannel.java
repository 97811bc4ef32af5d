package io.wgsd.discovery.registry;

import io.wgsd.discovery.PeerLookup;
import io.wgsd.discovery.candidate.RegistrationOutcome;
import io.wgsd.discovery.lookup.LookupErrors;
import io.wgsd.dnssd.Advertisement;
import io.wgsd.dnssd.RelayAdvertisement;
import io.wgsd.model.Endpoint;
import io.wgsd.model.PublicKey;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A registry that is asked in a way of the application's own. Thread-safe. */
public final class LookupChannel implements RegistryChannel {

    private final PeerLookup lookup;
    private Set<PublicKey> followed = Set.of();
    private @Nullable BiConsumer<PublicKey, Optional<Advertisement>> listener;
    private PeerLookup.@Nullable Following following;

    public LookupChannel(PeerLookup lookup) {
        this.lookup = lookup;
    }

    @Override
    public List<InetSocketAddress> servers() {
        return lookup.servers();
    }

    @Override
    public boolean isProven() {
        return lookup.isAuthenticated();
    }

    /** It is the application's own business from which address it asks. */
    @Override
    public CompletableFuture<Optional<Advertisement>> ask(
            PublicKey key, Function<InetSocketAddress, Optional<InetAddress>> sources) {
        return lookup.lookupAsync(key).toCompletableFuture();
    }

    @Override
    public CompletableFuture<List<RelayAdvertisement>> relays(
            Function<InetSocketAddress, Optional<InetAddress>> sources) {
        return lookup.relaysAsync().toCompletableFuture();
    }

    @Override
    public CompletableFuture<RegistrationOutcome> register(
            PublicKey key,
            List<Endpoint> candidates,
            Duration lease,
            Function<InetSocketAddress, Optional<InetAddress>> sources) {
        CompletableFuture<Optional<Duration>> granted =
                lookup.registerAsync(key, candidates, lease).toCompletableFuture();
        if (candidates.isEmpty()) {
            // The agent may be about to end, and then nobody waits for it.
            return CompletableFuture.completedFuture(RegistrationOutcome.registered(Duration.ZERO));
        }
        return granted.handle((time, failure) -> failure != null
                ? RegistrationOutcome.failed(
                        String.valueOf(LookupErrors.unwrapped(failure).getMessage()))
                : time.map(RegistrationOutcome::registered)
                        .orElseGet(() -> RegistrationOutcome.unsupported("it takes no registrations")));
    }

    @Override
    public CompletableFuture<List<Endpoint>> candidates(
            PublicKey key, Function<InetSocketAddress, Optional<InetAddress>> sources) {
        return lookup.candidatesAsync(key).toCompletableFuture();
    }

    @Override
    public synchronized void follow(
            Set<PublicKey> keys, InetAddress source, BiConsumer<PublicKey, Optional<Advertisement>> to) {
        if (following == null || !keys.equals(followed)) {
            followed = Set.copyOf(keys);
            listener = to;
            begin();
        }
    }

    @Override
    public synchronized boolean isFollowed(PublicKey key) {
        return following != null && following.isActive() && followed.contains(key);
    }

    @Override
    public synchronized void answers() {
        if (following != null && !following.isActive()) {
            begin();
        }
    }

    @Override
    public synchronized void unfollow() {
        end();
        listener = null;
    }

    private void begin() {
        end();
        BiConsumer<PublicKey, Optional<Advertisement>> to = listener;
        following = to == null ? null : lookup.follow(followed, to).orElse(null);
    }

    private void end() {
        if (following != null) {
            following.close();
        }
        following = null;
    }
}
