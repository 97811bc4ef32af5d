package io.wgsd.testkit.memory;

import io.wgsd.discovery.BrowseResult;
import io.wgsd.discovery.DiscoveryException;
import io.wgsd.discovery.PeerLookup;
import io.wgsd.dnssd.Advertisement;
import io.wgsd.dnssd.RelayAdvertisement;
import io.wgsd.model.PublicKey;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A registry in memory, for tests of code that looks peers up: it knows what the test advertises, answers at once, and
 * fails where the test says so. No DNS, no socket and no thread is involved.
 *
 * <pre>{@code
 * MemoryLookup registry = new MemoryLookup();
 * registry.advertise(Advertisement.builder(key).endpoint(endpoint).build());
 * myProgram.run(registry); // which takes a PeerLookup, as DiscoveryClient is one
 * }</pre>
 *
 * <p>Listeners are called by the thread that advertises a peer. Thread-safe.
 */
public final class MemoryLookup implements PeerLookup {

    private static final InetSocketAddress SERVER = new InetSocketAddress(InetAddress.getLoopbackAddress(), 53);

    private final Map<PublicKey, Advertisement> advertised = new ConcurrentSkipListMap<>();
    private final Map<PublicKey, DiscoveryException> failures = new ConcurrentSkipListMap<>();
    private final Map<PublicKey, RelayAdvertisement> relays = new ConcurrentSkipListMap<>();
    private final Set<Follower> followers = new CopyOnWriteArraySet<>();
    private volatile @Nullable DiscoveryException failure;

    /** Makes a registry that knows no peer. */
    public MemoryLookup() {}

    /**
     * Advertises a peer, instead of what was advertised of it before, and informs those that follow it.
     *
     * @param advertisement what is found from now on
     * @return this
     */
    public MemoryLookup advertise(Advertisement advertisement) {
        advertised.put(advertisement.publicKey(), advertisement);
        inform(advertisement.publicKey());
        return this;
    }

    /**
     * Advertises a peer no longer, and informs those that follow it.
     *
     * @param peer the peer's key
     * @return this
     */
    public MemoryLookup withdraw(PublicKey peer) {
        advertised.remove(peer);
        inform(peer);
        return this;
    }

    /**
     * Announces a relay, instead of what was announced of it before. Which peers it hears is in what is advertised of
     * them.
     *
     * @param relay what is listed from now on
     * @return this
     */
    public MemoryLookup announce(RelayAdvertisement relay) {
        relays.put(relay.publicKey(), relay);
        return this;
    }

    /**
     * Announces a relay no longer.
     *
     * @param relay the relay's key
     * @return this
     */
    public MemoryLookup withdrawRelay(PublicKey relay) {
        relays.remove(relay);
        return this;
    }

    /**
     * Fails all lookups and lists from now on.
     *
     * @param why what they throw
     * @return this
     */
    public MemoryLookup fail(DiscoveryException why) {
        failure = Objects.requireNonNull(why, "why");
        return this;
    }

    /**
     * Fails the lookups of one peer from now on; lists have the failure in its place.
     *
     * @param peer the peer's key
     * @param why what they throw
     * @return this
     */
    public MemoryLookup fail(PublicKey peer, DiscoveryException why) {
        failures.put(peer, Objects.requireNonNull(why, "why"));
        return this;
    }

    /**
     * Ends all failures.
     *
     * @return this
     */
    public MemoryLookup recover() {
        failure = null;
        failures.clear();
        return this;
    }

    @Override
    public List<InetSocketAddress> servers() {
        return List.of(SERVER);
    }

    /** Returns true: nobody is on the way to it. */
    @Override
    public boolean isAuthenticated() {
        return true;
    }

    @Override
    public Optional<Advertisement> lookup(PublicKey key) throws DiscoveryException {
        failIfAsked();
        DiscoveryException ofPeer = failures.get(key);
        if (ofPeer != null) {
            throw ofPeer;
        }
        return found(key);
    }

    /** Returns a stage that has ended. */
    @Override
    public CompletionStage<Optional<Advertisement>> lookupAsync(PublicKey key) {
        try {
            return CompletableFuture.completedFuture(lookup(key));
        } catch (DiscoveryException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public BrowseResult browseAll() throws DiscoveryException {
        failIfAsked();
        List<Advertisement> found = advertised.keySet().stream()
                .filter(key -> !failures.containsKey(key))
                .flatMap(key -> found(key).stream())
                .toList();
        return new BrowseResult(found, failures, List.of());
    }

    /** Returns a stage that has ended. */
    @Override
    public CompletionStage<BrowseResult> browseAllAsync() {
        try {
            return CompletableFuture.completedFuture(browseAll());
        } catch (DiscoveryException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public List<RelayAdvertisement> relays() throws DiscoveryException {
        failIfAsked();
        return List.copyOf(relays.values());
    }

    /** Returns a stage that has ended. */
    @Override
    public CompletionStage<List<RelayAdvertisement>> relaysAsync() {
        try {
            return CompletableFuture.completedFuture(relays());
        } catch (DiscoveryException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public Optional<Following> follow(Set<PublicKey> keys, BiConsumer<PublicKey, Optional<Advertisement>> listener) {
        Follower follower = new Follower(Set.copyOf(keys), Objects.requireNonNull(listener, "listener"));
        followers.add(follower);
        keys.forEach(key -> listener.accept(key, found(key)));
        return Optional.of(follower);
    }

    /** Returns what is found without a failure: as in DNS, nothing where no endpoint is known. */
    private Optional<Advertisement> found(PublicKey key) {
        return Optional.ofNullable(advertised.get(key))
                .filter(advertisement -> !advertisement.endpoints().isEmpty());
    }

    private void failIfAsked() throws DiscoveryException {
        DiscoveryException all = failure;
        if (all != null) {
            throw all;
        }
    }

    private void inform(PublicKey key) {
        followers.stream()
                .filter(follower -> follower.keys.contains(key))
                .forEach(follower -> follower.listener.accept(key, found(key)));
    }

    private final class Follower implements Following {

        private final Set<PublicKey> keys;
        private final BiConsumer<PublicKey, Optional<Advertisement>> listener;

        Follower(Set<PublicKey> keys, BiConsumer<PublicKey, Optional<Advertisement>> listener) {
            this.keys = keys;
            this.listener = listener;
        }

        @Override
        public boolean isActive() {
            return failure == null && followers.contains(this);
        }

        @Override
        public void close() {
            followers.remove(this);
        }
    }
}
