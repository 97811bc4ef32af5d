package io.wgsd.discovery.registry;

import io.wgsd.discovery.candidate.RegistrationOutcome;
import io.wgsd.discovery.lookup.LookupErrors;
import io.wgsd.discovery.lookup.Lookups;
import io.wgsd.dnssd.Advertisement;
import io.wgsd.dnssd.RelayAdvertisement;
import io.wgsd.model.Endpoint;
import io.wgsd.model.IpAddress;
import io.wgsd.model.Moment;
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

/**
 * A registry that is known by its name, which is looked up at the start, and again while the registry is away.
 *
 * <p>For the agent's thread alone, except {@link #label} and {@link #isFollowed}, which any thread may call.
 */
public final class NamedChannel implements RegistryChannel {

    private final HostName name;
    private final NameLookup lookup;
    private final Function<InetSocketAddress, Lookups> clients;
    private final ThreadFactory threadFactory;
    private volatile @Nullable Current current;

    /**
     * Makes a channel that knows no address yet.
     *
     * @param clients makes a client that asks at an address; the channel closes it
     */
    public NamedChannel(
            HostName name,
            NameLookup.Resolver resolver,
            Function<InetSocketAddress, Lookups> clients,
            ThreadFactory threadFactory) {
        this.name = name;
        this.clients = clients;
        this.threadFactory = threadFactory;
        lookup = new NameLookup(name.host(), resolver, threadFactory);
    }

    private record Current(IpAddress address, Lookups client, ClientChannel channel) {

        void close() {
            channel.unfollow();
            client.close();
        }
    }

    @Override
    public InetSocketAddress label() {
        return InetSocketAddress.createUnresolved(name.host(), name.port());
    }

    @Override
    public List<InetSocketAddress> servers() {
        Current now = current;
        return now == null ? List.of() : now.channel().servers();
    }

    @Override
    public boolean isProven() {
        Current now = current;
        return now != null && now.channel().isProven();
    }

    @Override
    public Optional<String> refresh(boolean away, Moment at, Runnable wake) {
        Optional<NameLookup.Result> found = lookup.take();
        found.ifPresent(result -> use(result.addresses(), away));
        if (current == null || away) {
            lookup.begin(at, wake);
        }
        return current == null ? found.flatMap(NameLookup.Result::failure) : Optional.empty();
    }

    /** If the address in use does not answer, another one of the same name may. */
    private void use(List<IpAddress> addresses, boolean away) {
        Current before = current;
        int known = before == null ? -1 : addresses.indexOf(before.address());
        boolean good = known >= 0 && !away;
        if (addresses.isEmpty() || good || (known >= 0 && addresses.size() == 1)) {
            return;
        }
        IpAddress next = addresses.get((known + 1) % addresses.size());
        Lookups client = clients.apply(new InetSocketAddress(next.toInetAddress(), name.port()));
        current = new Current(next, client, new ClientChannel(client, threadFactory));
        if (before != null) {
            // It waits for its threads, which must not block the agent.
            threadFactory.newThread(before::close).start();
        }
    }

    @Override
    public CompletableFuture<Optional<Advertisement>> ask(
            PublicKey key, Function<InetSocketAddress, Optional<InetAddress>> sources) {
        Current now = current;
        return now == null
                ? CompletableFuture.failedFuture(LookupErrors.unresolved(name.toString()))
                : now.channel().ask(key, sources);
    }

    @Override
    public CompletableFuture<List<RelayAdvertisement>> relays(
            Function<InetSocketAddress, Optional<InetAddress>> sources) {
        Current now = current;
        return now == null
                ? CompletableFuture.failedFuture(LookupErrors.unresolved(name.toString()))
                : now.channel().relays(sources);
    }

    @Override
    public CompletableFuture<RegistrationOutcome> register(
            PublicKey key,
            List<Endpoint> candidates,
            Duration lease,
            Function<InetSocketAddress, Optional<InetAddress>> sources) {
        Current now = current;
        return now == null
                ? CompletableFuture.completedFuture(RegistrationOutcome.failed(name + " is not resolved"))
                : now.channel().register(key, candidates, lease, sources);
    }

    @Override
    public CompletableFuture<List<Endpoint>> candidates(
            PublicKey key, Function<InetSocketAddress, Optional<InetAddress>> sources) {
        Current now = current;
        return now == null
                ? CompletableFuture.completedFuture(List.of())
                : now.channel().candidates(key, sources);
    }

    @Override
    public void follow(
            Set<PublicKey> keys, InetAddress source, BiConsumer<PublicKey, Optional<Advertisement>> listener) {
        Current now = current;
        if (now != null) {
            now.channel().follow(keys, source, listener);
        }
    }

    @Override
    public boolean isFollowed(PublicKey key) {
        Current now = current;
        return now != null && now.channel().isFollowed(key);
    }

    @Override
    public void answers() {
        Current now = current;
        if (now != null) {
            now.channel().answers();
        }
    }

    @Override
    public void unfollow() {
        Current now = current;
        if (now != null) {
            now.close();
        }
    }
}
