package io.wgsd.discovery.registry;

import io.wgsd.discovery.lookup.Failures;
import io.wgsd.discovery.lookup.Lookups;
import io.wgsd.dnssd.Advertisement;
import io.wgsd.model.IpAddress;
import io.wgsd.model.Moment;
import io.wgsd.model.PublicKey;
import java.net.InetAddress;
import java.net.InetSocketAddress;
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
 * <p>For the agent's thread alone.
 */
public final class NamedFeed implements Feed {

    private final HostName name;
    private final NameLookup lookup;
    private final Function<InetSocketAddress, Lookups> clients;
    private final ThreadFactory threads;
    private @Nullable Current current;

    /**
     * Makes a feed that knows no address yet.
     *
     * @param clients makes a client that asks at an address; the feed closes it
     */
    public NamedFeed(
            HostName name,
            NameLookup.Resolver resolver,
            Function<InetSocketAddress, Lookups> clients,
            ThreadFactory threads) {
        this.name = name;
        this.clients = clients;
        this.threads = threads;
        lookup = new NameLookup(name.host(), resolver, threads);
    }

    private record Current(IpAddress address, Lookups client, ClientFeed feed) {

        void close() {
            feed.unfollow();
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
        return now == null ? List.of() : now.feed().servers();
    }

    @Override
    public boolean isProven() {
        Current now = current;
        return now != null && now.feed().isProven();
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

    /** Where the address in use is away, another one of the same name may answer. */
    private void use(List<IpAddress> addresses, boolean away) {
        Current before = current;
        int known = before == null ? -1 : addresses.indexOf(before.address());
        boolean good = known >= 0 && !away;
        if (addresses.isEmpty() || good || (known >= 0 && addresses.size() == 1)) {
            return;
        }
        IpAddress next = addresses.get((known + 1) % addresses.size());
        Lookups client = clients.apply(new InetSocketAddress(next.toInetAddress(), name.port()));
        current = new Current(next, client, new ClientFeed(client, threads));
        if (before != null) {
            // It waits for its threads, which must not hold the agent up.
            threads.newThread(before::close).start();
        }
    }

    @Override
    public CompletableFuture<Optional<Advertisement>> ask(
            PublicKey key, Function<InetSocketAddress, Optional<InetAddress>> sources) {
        Current now = current;
        return now == null
                ? CompletableFuture.failedFuture(Failures.unresolved(name.toString()))
                : now.feed().ask(key, sources);
    }

    @Override
    public void follow(
            Set<PublicKey> keys, InetAddress source, BiConsumer<PublicKey, Optional<Advertisement>> listener) {
        Current now = current;
        if (now != null) {
            now.feed().follow(keys, source, listener);
        }
    }

    @Override
    public boolean isFollowed(PublicKey key) {
        Current now = current;
        return now != null && now.feed().isFollowed(key);
    }

    @Override
    public void answers() {
        Current now = current;
        if (now != null) {
            now.feed().answers();
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
