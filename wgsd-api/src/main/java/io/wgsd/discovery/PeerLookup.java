package io.wgsd.discovery;

import io.wgsd.discovery.lookup.Batch;
import io.wgsd.discovery.lookup.BlockingCall;
import io.wgsd.dnssd.Advertisement;
import io.wgsd.dnssd.RelayAdvertisement;
import io.wgsd.model.Endpoint;
import io.wgsd.model.PublicKey;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;

/**
 * Tells where peers are: what an application needs of a {@link DiscoveryClient}, so that its tests can do without DNS,
 * and what a {@link DiscoveryAgent} needs of a registry that is asked in another way. Implementations are thread-safe.
 */
public interface PeerLookup {

    /**
     * Returns the servers that are asked.
     *
     * @return their addresses, at least one
     */
    List<InetSocketAddress> servers();

    /**
     * Returns whether its results are proven to come from the registry, however they were transported, for example by
     * signatures.
     *
     * @return false by default; an agent then asks only through its device, unless it is configured otherwise
     */
    default boolean isAuthenticated() {
        return false;
    }

    /**
     * Looks a peer up; may block.
     *
     * @param key the peer's key
     * @return what is advertised, with at least one endpoint; empty where the peer is unknown, or where it is not known
     *     where it is
     * @throws DiscoveryException if it cannot be found out
     */
    Optional<Advertisement> lookup(PublicKey key) throws DiscoveryException;

    /**
     * Looks a peer up without blocking.
     *
     * @param key the peer's key
     * @return a stage that ends like {@link #lookup}
     */
    CompletionStage<Optional<Advertisement>> lookupAsync(PublicKey key);

    /**
     * Looks several peers up; may block.
     *
     * @param keys the peers' keys, in any order
     * @return a result for each key, in the order of the keys; unmodifiable
     * @throws DiscoveryException if the thread is interrupted; a look-up that fails is a result
     */
    default Map<PublicKey, LookupResult> lookupAll(Collection<PublicKey> keys) throws DiscoveryException {
        Map<PublicKey, LookupResult> results = new TreeMap<>();
        for (PublicKey key : keys) {
            LookupResult result;
            try {
                result = lookup(key).<LookupResult>map(LookupResult.Found::new).orElseGet(LookupResult.Absent::new);
            } catch (DiscoveryException e) {
                if (e.kind() == DiscoveryException.Kind.CANCELLED) {
                    throw e;
                }
                result = new LookupResult.Failed(e);
            }
            results.put(key, result);
        }
        return Collections.unmodifiableMap(results);
    }

    /**
     * Looks several peers up without blocking.
     *
     * @param keys the peers' keys, in any order
     * @return a stage that ends with a result for each key, in the order of the keys; a look-up that fails is a result.
     *     By default it ends with the last {@link #lookupAsync}.
     */
    default CompletionStage<Map<PublicKey, LookupResult>> lookupAllAsync(Collection<PublicKey> keys) {
        return Batch.of(keys, key -> lookupAsync(key).toCompletableFuture()).whole();
    }

    /**
     * Lists the peers that are advertised; may block. A peer that cannot be looked up is left out; {@link #browseAll}
     * says why.
     *
     * @return the peers in the order of their keys
     * @throws DiscoveryException if there is no list, or not one of its peers could be looked up
     */
    default List<Advertisement> browse() throws DiscoveryException {
        return browseAll().peersOrFailure();
    }

    /**
     * Lists the peers that are advertised without blocking.
     *
     * @return a stage that ends like {@link #browse}
     */
    default CompletionStage<List<Advertisement>> browseAsync() {
        CompletableFuture<List<Advertisement>> future = new CompletableFuture<>();
        CompletionStage<BrowseResult> unusedEnd = browseAllAsync().whenComplete((result, failure) -> {
            try {
                if (failure == null) {
                    future.complete(result.peersOrFailure());
                } else {
                    future.completeExceptionally(failure);
                }
            } catch (DiscoveryException e) {
                future.completeExceptionally(e);
            }
        });
        return future;
    }

    /**
     * Lists the peers that are advertised, and why any of them could not be looked up; may block.
     *
     * @return the peers and the failures
     * @throws DiscoveryException if there is no list, or the thread is interrupted
     */
    BrowseResult browseAll() throws DiscoveryException;

    /**
     * Lists the peers that are advertised, and why any of them could not be looked up, without blocking.
     *
     * @return a stage that ends like {@link #browseAll}; by default it calls that on the {@linkplain
     *     CompletableFuture#defaultExecutor() default executor} of futures
     */
    default CompletionStage<BrowseResult> browseAllAsync() {
        CompletableFuture<BrowseResult> future = new CompletableFuture<>();
        future.defaultExecutor().execute(() -> {
            try {
                future.complete(browseAll());
            } catch (DiscoveryException | RuntimeException e) {
                future.completeExceptionally(e);
            }
        });
        return future;
    }

    /**
     * Lists the relays that the registry announces; may block.
     *
     * <p>Which of them hear a peer is in the peer's {@link Advertisement#relays()}.
     *
     * @return the relays in the order of their keys; by default it waits for {@link #relaysAsync}
     * @throws DiscoveryException if it cannot be found out, or the thread is interrupted
     */
    default List<RelayAdvertisement> relays() throws DiscoveryException {
        return BlockingCall.await(relaysAsync(), "listing the relays");
    }

    /**
     * Lists the relays that the registry announces without blocking, as agents do.
     *
     * @return a stage that ends with the relays in the order of their keys, or with a {@link DiscoveryException}; by
     *     default it has ended with none
     */
    default CompletionStage<List<RelayAdvertisement>> relaysAsync() {
        return CompletableFuture.completedFuture(List.of());
    }

    /**
     * Registers where else a peer can be reached, in place of what it has registered before, on behalf of that peer.
     *
     * @param key the peer's key
     * @param candidates where else it can be reached, best first, eight at most; none to register nothing any more
     * @param lease for how long, in whole seconds
     * @return a stage that ends with the time for which it is registered; empty, as by default, if the registry takes no
     *     registrations
     */
    default CompletionStage<Optional<Duration>> registerAsync(
            PublicKey key, List<Endpoint> candidates, Duration lease) {
        return CompletableFuture.completedFuture(Optional.empty());
    }

    /**
     * Asks where else a peer can be reached, as it has {@linkplain #registerAsync registered}, without blocking.
     *
     * @param key the peer's key
     * @return a stage that ends with the endpoints, best first; by default it has ended with none
     */
    default CompletionStage<List<Endpoint>> candidatesAsync(PublicKey key) {
        return CompletableFuture.completedFuture(List.of());
    }

    /**
     * Asks to be informed of changes of some peers, by a registry that pushes them.
     *
     * @param keys the peers' keys
     * @param listener takes a peer's key and what is advertised from now on; called on any thread, also before this
     *     returns
     * @return the subscription, which lasts until it is closed; empty, as by default, if changes are not pushed
     */
    default Optional<Following> follow(Set<PublicKey> keys, BiConsumer<PublicKey, Optional<Advertisement>> listener) {
        return Optional.empty();
    }

    /** Peers whose changes a registry pushes. Implementations are thread-safe. */
    interface Following extends AutoCloseable {

        /**
         * Returns whether changes arrive.
         *
         * @return false before the registry has confirmed, and where the way to it is lost
         */
        boolean isActive();

        /** Ends it, so that the listener is not called any more; a second call does nothing. */
        @Override
        void close();
    }
}
