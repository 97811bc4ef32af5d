package io.wgsd.discovery;

import io.wgsd.discovery.lookup.Lookups;
import io.wgsd.dnssd.Advertisement;
import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.dnssd.RelayAdvertisement;
import io.wgsd.model.PublicKey;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a registry over DNS where peers are.
 *
 * <p>It understands this library's registry, the CoreDNS plugin wgsd 0.3.6, and any DNS server that holds such a zone.
 * It asks over UDP and, where an answer does not fit, over TCP; it repeats questions that are lost, and asks without
 * EDNS where a server is silent or complains. It caches no answer: each call asks again.
 *
 * <p>It believes that a name does not exist only with the SOA of the zone (RFC 2308, section 2). A server that says so
 * with another zone's SOA, or with none, does not know the zone, and the next server is asked. That a name has nothing
 * of a type, a resolver may also say without an SOA.
 *
 * <p>Immutable and thread-safe. One thread, which the first question starts, serves all questions; there are no sockets
 * while there are no questions. The blocking methods end with a {@link DiscoveryException} of kind {@code CANCELLED} if
 * the thread is interrupted, whose flag then stays set, or if the client is closed. On the client's own thread, which
 * would wait for itself, they throw {@link IllegalStateException}.
 */
public final class DiscoveryClient implements PeerLookup, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DiscoveryClient.class);

    private final Lookups lookups;
    private final Executor executor;

    DiscoveryClient(Lookups lookups, Executor executor) {
        this.lookups = lookups;
        this.executor = executor;
    }

    /**
     * Begins a client of one zone.
     *
     * @param zone the zone's names, as from {@link DnsSdNames#parse}
     * @return a builder
     */
    public static DiscoveryClientBuilder builder(DnsSdNames zone) {
        return new DiscoveryClientBuilder(Objects.requireNonNull(zone, "zone"));
    }

    /**
     * Returns the zone that is asked about.
     *
     * @return the zone's names
     */
    public DnsSdNames zone() {
        return lookups.names();
    }

    /**
     * Returns the servers that are asked.
     *
     * @return the servers, in the order in which they were added
     */
    @Override
    public List<InetSocketAddress> servers() {
        return lookups.servers();
    }

    @Override
    public boolean isAuthenticated() {
        return lookups.isProven();
    }

    /**
     * Returns what was asked since the client was made, and what became of it.
     *
     * @return the numbers as they are now, those of agents that ask by this client among them
     */
    public ClientStats stats() {
        return lookups.stats();
    }

    /** Returns what an agent and its passes ask by. */
    Lookups lookups() {
        return lookups;
    }

    /**
     * Looks a peer up, with all that the registry says about it; blocks.
     *
     * @param key the peer's key
     * @return what the registry advertises, with at least one endpoint; empty where it does not know the peer, or does
     *     not know where the peer is
     * @throws DiscoveryException if the registry could not be asked
     */
    @Override
    public Optional<Advertisement> lookup(PublicKey key) throws DiscoveryException {
        return lookups.find(key);
    }

    /**
     * Looks a peer up without blocking.
     *
     * @param key the peer's key
     * @return a stage that ends like {@link #lookup}, on the builder's executor, by default the client's thread, which
     *     must not be blocked. It ends with kind {@code CANCELLED} if the executor rejects it. Cancelling its future
     *     cancels the questions.
     */
    @Override
    public CompletionStage<Optional<Advertisement>> lookupAsync(PublicKey key) {
        return lookups.findAsync(key, executor);
    }

    /**
     * Looks several peers up side by side; blocks, at most as long as the batch time-out.
     *
     * <p>A registry that is down costs one time-out, no matter how many peers there are.
     *
     * @param keys the peers' keys, in any order
     * @return a result for each key, in the order of the keys; unmodifiable
     * @throws DiscoveryException if the thread is interrupted; a look-up that fails is a result
     */
    @Override
    public Map<PublicKey, LookupResult> lookupAll(Collection<PublicKey> keys) throws DiscoveryException {
        return lookups.findAll(keys);
    }

    /**
     * Looks several peers up side by side without blocking; the batch time-out does not limit it.
     *
     * @param keys the peers' keys, in any order
     * @return a stage that ends with a result for each key, in the order of the keys, like {@link #lookupAsync}: on the
     *     builder's executor; cancelling its future cancels the questions. A look-up that fails is a result.
     */
    @Override
    public CompletionStage<Map<PublicKey, LookupResult>> lookupAllAsync(Collection<PublicKey> keys) {
        return lookups.findAllAsync(keys, executor);
    }

    /**
     * Lists the peers that the registry advertises; blocks, at most as long as the batch time-out.
     *
     * <p>A peer that cannot be looked up hides none of the others: it is left out and logged. {@link #browseAll}
     * returns it.
     *
     * @return the peers in the order of their keys
     * @throws DiscoveryException if the list cannot be had, or none of its peers
     */
    @Override
    public List<Advertisement> browse() throws DiscoveryException {
        return peers(browseAll());
    }

    private static List<Advertisement> peers(BrowseResult result) throws DiscoveryException {
        List<Advertisement> peers = result.peersOrFailure();
        result.failures().forEach((key, e) -> LOG.warn("{} is left out of the list: {}", key, e.getMessage()));
        result.missingLists().forEach(e -> LOG.warn("a part of the list is missing: {}", e.getMessage()));
        return peers;
    }

    /**
     * Lists the peers that the registry advertises, and why any of them could not be looked up; blocks as {@link
     * #browse}.
     *
     * @return the peers and the failures
     * @throws DiscoveryException if the list cannot be had, or the thread is interrupted
     */
    @Override
    public BrowseResult browseAll() throws DiscoveryException {
        return lookups.browse();
    }

    /**
     * Lists the peers that the registry advertises without blocking; the batch time-out does not limit it.
     *
     * @return a stage that ends like {@link #browse}, on the builder's executor as {@link #lookupAsync} does;
     *     cancelling its future cancels the questions
     */
    @Override
    public CompletionStage<List<Advertisement>> browseAsync() {
        return lookups.browseAsync(executor, result -> {
            try {
                return CompletableFuture.completedFuture(peers(result));
            } catch (DiscoveryException e) {
                return CompletableFuture.failedFuture(e);
            }
        });
    }

    /**
     * Lists the peers that the registry advertises, and why any of them could not be looked up, without blocking; the
     * batch time-out does not limit it.
     *
     * @return a stage that ends like {@link #browseAll}, and otherwise as that of {@link #browseAsync}
     */
    @Override
    public CompletionStage<BrowseResult> browseAllAsync() {
        return lookups.browseAsync(executor, CompletableFuture::completedFuture);
    }

    /**
     * Lists the relays that the zone announces at {@code _wireguard-relay._udp}; blocks, at most as long as the batch
     * time-out.
     *
     * @return the relays in the order of their keys, 16 at most; none where the zone has no such list. A relay whose
     *     address cannot be found out is left out.
     * @throws DiscoveryException if the list cannot be had, or none of its relays
     */
    @Override
    public List<RelayAdvertisement> relays() throws DiscoveryException {
        return lookups.relays();
    }

    /**
     * Lists the relays that the zone announces without blocking; the batch time-out does not limit it.
     *
     * @return a stage that ends like {@link #relays}, on the builder's executor as {@link #lookupAsync} does;
     *     cancelling its future cancels the questions
     */
    @Override
    public CompletionStage<List<RelayAdvertisement>> relaysAsync() {
        return lookups.relaysAsync(executor);
    }

    /** Ends all questions and the client's thread; a second call does nothing. */
    @Override
    public void close() {
        lookups.close();
    }
}
