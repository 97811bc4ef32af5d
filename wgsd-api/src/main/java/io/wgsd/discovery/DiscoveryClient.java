package io.wgsd.discovery;

import io.wgsd.discovery.exchange.Asker;
import io.wgsd.discovery.lookup.Lookups;
import io.wgsd.dnssd.Advertisement;
import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.internal.Threads;
import io.wgsd.model.IpAddress;
import io.wgsd.model.PublicKey;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/**
 * Asks a registry over DNS where peers are.
 *
 * <p>It understands this library's registry, the CoreDNS plugin wgsd 0.3.6, and any DNS server that holds such a zone.
 * It asks over UDP and, where an answer does not fit, over TCP; it repeats questions that are lost, and asks without
 * EDNS where a server is silent or complains. It remembers no answer: each call asks anew.
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

    private DiscoveryClient(Builder builder) {
        Lookups.Options options = new Lookups.Options(
                builder.names,
                builder.servers,
                builder.source,
                builder.signers,
                builder.timeout,
                builder.batchTimeout,
                builder.attempts,
                builder.maxInFlight,
                builder.threadFactory);
        lookups = builder.asker == null ? Lookups.overTheNetwork(options) : Lookups.through(builder.asker, options);
        executor = builder.executor;
    }

    /**
     * Begins a client of one zone.
     *
     * @param zone the zone's names, as from {@link DnsSdNames#parse}
     * @return a builder
     */
    public static Builder builder(DnsSdNames zone) {
        return new Builder(Objects.requireNonNull(zone, "zone"));
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
        return lookups.demandsSigner();
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
        BrowseResult result = browseAll();
        if (result.peers().isEmpty() && !result.failures().isEmpty()) {
            throw result.failures().values().iterator().next();
        }
        result.failures().forEach((key, e) -> LOG.warn("{} is left out of the list: {}", key, e.getMessage()));
        result.missingLists().forEach(e -> LOG.warn("a part of the list is missing: {}", e.getMessage()));
        return result.peers();
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

    /** Ends all questions and the client's thread; a second call does nothing. */
    @Override
    public void close() {
        lookups.close();
    }

    /** Collects a client's settings; not thread-safe. */
    public static final class Builder {

        private static final ThreadFactory THREADS = Threads.numberedDaemons("wgsd-discovery-");
        private static final int MAX_ATTEMPTS = 10;
        private static final int MAX_IN_FLIGHT = 4096;
        private static final Duration MAX_TIMEOUT = Duration.ofHours(1);

        private final DnsSdNames names;
        private final List<InetSocketAddress> servers = new ArrayList<>();
        private Optional<InetAddress> source = Optional.empty();
        private List<Record> signers = List.of();
        private Duration timeout = Duration.ofSeconds(5);
        private Duration batchTimeout = Duration.ofSeconds(30);
        private int attempts = 3;
        private int maxInFlight = 256;
        private Executor executor = Runnable::run;
        private ThreadFactory threadFactory = THREADS;
        private @Nullable Asker asker;

        private Builder(DnsSdNames names) {
            this.names = names;
        }

        /**
         * Adds a server that holds the zone; at least one is needed.
         *
         * <p>Of several servers, the one that last answered is asked first, and the others if it is silent or refuses.
         *
         * @param server a resolved address, and a port
         * @return this
         * @throws IllegalArgumentException if the address is a name that was not resolved, or the port is 0
         */
        public Builder server(InetSocketAddress server) {
            if (Objects.requireNonNull(server, "server").isUnresolved() || server.getPort() == 0) {
                throw new IllegalArgumentException("server must be an address and a port, was " + server);
            }
            servers.add(server);
            return this;
        }

        /**
         * Sets the address of this host from which servers of its family are asked; the system chooses by default.
         *
         * @param address one of this host's addresses
         * @return this
         */
        public Builder sourceAddress(IpAddress address) {
            source = Optional.of(Objects.requireNonNull(address, "address").toInetAddress());
            return this;
        }

        /**
         * Sets the keys of which one must have signed each answer, the absence of records included (RFC 4035); no
         * signature is needed by default. An answer that is not signed so ends in a {@link DiscoveryException} of kind
         * {@code NOT_SIGNED}.
         *
         * <p>Each answer then takes one or two more questions. This host's clock must be right to within a few minutes.
         *
         * @param anchors DS or DNSKEY records of the zone, at least one
         * @return this
         * @throws IllegalArgumentException if there is none, or one is of another name or type
         */
        public Builder requireSigner(Collection<? extends Record> anchors) {
            for (Record anchor : Objects.requireNonNull(anchors, "anchors")) {
                if (!anchor.getName().equals(names.origin())
                        || (anchor.getType() != Type.DS && anchor.getType() != Type.DNSKEY)) {
                    throw new IllegalArgumentException(
                            "a signer must be a DS or DNSKEY record of " + names.origin() + ", was " + anchor);
                }
            }
            if (anchors.isEmpty()) {
                throw new IllegalArgumentException("a DS or DNSKEY record of " + names.origin() + " is needed");
            }
            signers = List.copyOf(anchors);
            return this;
        }

        /**
         * Sets how long looking up one peer, or one list of peers, may take, repeated and further questions included.
         *
         * @param timeout more than zero, at most an hour; 5 s by default
         * @return this
         * @throws IllegalArgumentException if the value is out of range
         */
        public Builder timeout(Duration timeout) {
            this.timeout = checkTimeout("timeout", timeout);
            return this;
        }

        /**
         * Sets how long a blocking call waits at most, no matter how many peers it is about.
         *
         * @param batchTimeout more than zero, at most an hour; 30 s by default
         * @return this
         * @throws IllegalArgumentException if the value is out of range
         */
        public Builder batchTimeout(Duration batchTimeout) {
            this.batchTimeout = checkTimeout("batch timeout", batchTimeout);
            return this;
        }

        /**
         * Sets how often each server is asked before the time-out. The first wait is the shortest, and each is twice as
         * long as the one before. Every second attempt is without EDNS.
         *
         * @param attempts 1 to 10; 3 by default
         * @return this
         * @throws IllegalArgumentException if the value is out of range
         */
        public Builder attempts(int attempts) {
            this.attempts = check("attempts", attempts, MAX_ATTEMPTS);
            return this;
        }

        /**
         * Sets how many questions may be on their way at a time. The client begins with fewer, and asks more at a time
         * as answers come.
         *
         * @param maxInFlight 1 to 4096; 256 by default
         * @return this
         * @throws IllegalArgumentException if the value is out of range
         */
        public Builder maxInFlight(int maxInFlight) {
            this.maxInFlight = check("max in flight", maxInFlight, MAX_IN_FLIGHT);
            return this;
        }

        /**
         * Sets the executor that completes the stages of {@link DiscoveryClient#lookupAsync}; by default the client's
         * own thread.
         *
         * @param executor an executor, which the client does not shut down
         * @return this
         */
        public Builder executor(Executor executor) {
            this.executor = Objects.requireNonNull(executor, "executor");
            return this;
        }

        /**
         * Sets the factory of the client's thread; by default that is a daemon thread named {@code wgsd-discovery-} and
         * a number.
         *
         * @param threadFactory called once, by the first question
         * @return this
         */
        public Builder threadFactory(ThreadFactory threadFactory) {
            this.threadFactory = Objects.requireNonNull(threadFactory, "threadFactory");
            return this;
        }

        Builder asker(Asker value) {
            asker = value;
            return this;
        }

        /**
         * Returns the client.
         *
         * @return a client, which the caller closes
         * @throws IllegalStateException if there is no server
         */
        public DiscoveryClient build() {
            if (servers.isEmpty()) {
                throw new IllegalStateException("a client of " + names + " needs a server to ask");
            }
            return new DiscoveryClient(this);
        }

        private static Duration checkTimeout(String what, Duration value) {
            if (Objects.requireNonNull(value, what).isNegative()
                    || value.isZero()
                    || value.compareTo(MAX_TIMEOUT) > 0) {
                throw new IllegalArgumentException(
                        what + " must be more than zero and at most " + MAX_TIMEOUT + ", was " + value);
            }
            return value;
        }

        private static int check(String what, int value, int most) {
            if (value < 1 || value > most) {
                throw new IllegalArgumentException(what + " must be 1.." + most + ", was " + value);
            }
            return value;
        }
    }
}
