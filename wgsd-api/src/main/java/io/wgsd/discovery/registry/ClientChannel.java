package io.wgsd.discovery.registry;

import io.wgsd.discovery.candidate.RegistrationOutcome;
import io.wgsd.discovery.lookup.Lookups;
import io.wgsd.discovery.push.PushClient;
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
import java.util.concurrent.ThreadFactory;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A registry at a fixed address, which a client asks and which pushes on a connection of its own. Thread-safe. */
public final class ClientChannel implements RegistryChannel {

    private final Lookups client;
    private final ThreadFactory threadFactory;
    private @Nullable PushClient line;

    public ClientChannel(Lookups client, ThreadFactory threadFactory) {
        this.client = client;
        this.threadFactory = threadFactory;
    }

    @Override
    public List<InetSocketAddress> servers() {
        return client.servers();
    }

    @Override
    public boolean isProven() {
        return client.isProven();
    }

    @Override
    public CompletableFuture<Optional<Advertisement>> ask(
            PublicKey key, Function<InetSocketAddress, Optional<InetAddress>> sources) {
        return client.find(key, sources);
    }

    @Override
    public CompletableFuture<List<RelayAdvertisement>> relays(
            Function<InetSocketAddress, Optional<InetAddress>> sources) {
        return client.relays(sources);
    }

    @Override
    public CompletableFuture<RegistrationOutcome> register(
            PublicKey key,
            List<Endpoint> candidates,
            Duration lease,
            Function<InetSocketAddress, Optional<InetAddress>> sources) {
        return client.register(key, candidates, lease, sources);
    }

    @Override
    public CompletableFuture<List<Endpoint>> candidates(
            PublicKey key, Function<InetSocketAddress, Optional<InetAddress>> sources) {
        return client.candidates(key, sources);
    }

    /** What is pushed is not signed, so a client that demands a signer has to ask. */
    @Override
    public void follow(
            Set<PublicKey> keys, InetAddress source, BiConsumer<PublicKey, Optional<Advertisement>> listener) {
        if (isProven()) {
            return;
        }
        PushClient open;
        synchronized (this) {
            if (line == null) {
                line = new PushClient(servers().get(0), client.names(), listener, threadFactory);
            }
            open = line;
        }
        open.follow(keys, source);
    }

    @Override
    public synchronized boolean isFollowed(PublicKey key) {
        return line != null && line.isFollowed(key);
    }

    @Override
    public synchronized void answers() {
        if (line != null) {
            line.hurry();
        }
    }

    @Override
    public void unfollow() {
        PushClient open;
        synchronized (this) {
            open = line;
            line = null;
        }
        if (open != null) {
            open.close();
        }
    }
}
