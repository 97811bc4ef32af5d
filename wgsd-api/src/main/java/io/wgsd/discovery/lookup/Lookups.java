package io.wgsd.discovery.lookup;

import io.wgsd.discovery.BrowseResult;
import io.wgsd.discovery.ClientStats;
import io.wgsd.discovery.DiscoveryException;
import io.wgsd.discovery.LookupResult;
import io.wgsd.discovery.candidate.Registration;
import io.wgsd.discovery.candidate.RegistrationCall;
import io.wgsd.discovery.candidate.RegistrationOutcome;
import io.wgsd.discovery.exchange.Asker;
import io.wgsd.discovery.exchange.Exchange;
import io.wgsd.discovery.exchange.ServerPath;
import io.wgsd.discovery.exchange.Settings;
import io.wgsd.discovery.exchange.ValidatingAsker;
import io.wgsd.dnssd.Advertisement;
import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.dnssd.RelayAdvertisement;
import io.wgsd.model.Endpoint;
import io.wgsd.model.PublicKey;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Record;

/**
 * The look-ups of a {@link io.wgsd.discovery.DiscoveryClient}, and those of a pass or an agent, which choose the
 * address from which they ask. Immutable and thread-safe.
 */
public final class Lookups implements PassRegistry, AutoCloseable {

    /** How long it may take to connect to a registry, and then to get its response. */
    private static final Duration REGISTRATION = Duration.ofSeconds(5);

    private final Options options;
    private final Asker asker;
    private final Asker unsigned;
    private final @Nullable Exchange exchange;

    /**
     * Who is asked, and how.
     *
     * @param names the zone's names
     * @param servers at least one
     * @param source from which address all are asked; empty where the caller or the system chooses
     * @param signers the keys by which all answers have to be signed; none if they need not be
     * @param timeout how long one peer, or one list, may take
     * @param batchTimeout how long a blocking call waits at most
     * @param attempts how often each server is asked before the time-out
     * @param maxInFlight how many questions may be on their way at a time
     * @param threadFactory makes the one thread, when the first question is asked
     */
    public record Options(
            DnsSdNames names,
            List<InetSocketAddress> servers,
            Optional<InetAddress> source,
            List<Record> signers,
            Duration timeout,
            Duration batchTimeout,
            int attempts,
            int maxInFlight,
            ThreadFactory threadFactory) {

        /** Copies the lists. */
        public Options {
            servers = List.copyOf(servers);
            signers = List.copyOf(signers);
        }
    }

    private Lookups(Options options, Asker plain, @Nullable Exchange exchange) {
        this.options = options;
        this.exchange = exchange;
        unsigned = plain;
        asker = options.signers().isEmpty()
                ? plain
                : new ValidatingAsker(plain, options.servers().get(0), options.signers(), Clock.systemUTC());
    }

    /** Returns look-ups that ask servers; the caller closes them. */
    public static Lookups overTheNetwork(Options options) {
        Exchange exchange = new Exchange(new Settings(
                options.servers(),
                options.attempts(),
                options.maxInFlight(),
                options.threadFactory(),
                options.names().origin()));
        return new Lookups(options, exchange, exchange);
    }

    /** Returns look-ups that get their responses from an asker, which the caller closes. */
    public static Lookups through(Asker asker, Options options) {
        return new Lookups(options, asker, null);
    }

    /** Returns the names of the zone that is asked about. */
    public DnsSdNames names() {
        return options.names();
    }

    @Override
    public List<InetSocketAddress> servers() {
        return options.servers();
    }

    /** Returns what was counted; nothing where another gives the answers. */
    public ClientStats stats() {
        return exchange == null ? ClientStats.builder().build() : exchange.stats();
    }

    @Override
    public Duration timeout() {
        return options.timeout();
    }

    /** Returns whether answers have to be signed. */
    @Override
    public boolean isProven() {
        return asker instanceof ValidatingAsker;
    }

    /** Looks a peer up, with all that the registry says about it; blocks. */
    public Optional<Advertisement> find(PublicKey key) throws DiscoveryException {
        return call("looking up " + key, server -> options.source()).one(context -> ServiceLookup.all(context, key));
    }

    /** Looks a peer up; the future ends on the executor, and cancels its questions where it is cancelled. */
    public CompletableFuture<Optional<Advertisement>> findAsync(PublicKey key, Executor executor) {
        return async("looking up " + key, executor, context -> ServiceLookup.all(context, key));
    }

    /** Looks a peer up, from addresses of this host that the options' address, if there is one, overrides. */
    public CompletableFuture<Optional<Advertisement>> find(
            PublicKey key, Function<InetSocketAddress, Optional<InetAddress>> sources) {
        return ServiceLookup.all(context(outranked(sources)), key);
    }

    /** Looks several peers up side by side; blocks. */
    public Map<PublicKey, LookupResult> findAll(Collection<PublicKey> keys) throws DiscoveryException {
        return call("looking up " + keys.size() + " peers", server -> options.source())
                .each(keys, ServiceLookup::all);
    }

    /** Looks several peers up side by side; the future ends on the executor, as with one. */
    public CompletableFuture<Map<PublicKey, LookupResult>> findAllAsync(Collection<PublicKey> keys, Executor executor) {
        Set<PublicKey> asked = Set.copyOf(keys);
        return async(
                "looking up " + asked.size() + " peers",
                executor,
                context ->
                        Batch.of(asked, key -> ServiceLookup.all(context, key)).whole());
    }

    @Override
    public Map<PublicKey, LookupResult> findEndpoints(
            Collection<PublicKey> keys, Function<InetSocketAddress, Optional<InetAddress>> sources)
            throws DiscoveryException {
        return call("looking up " + keys.size() + " peers", outranked(sources)).each(keys, ServiceLookup::endpoints);
    }

    /** Lists the peers, and looks each of them up; blocks. */
    public BrowseResult browse() throws DiscoveryException {
        return call("browsing " + options.names().origin(), server -> options.source())
                .browse();
    }

    /** Lists the peers, and looks each of them up; the future ends on the executor with what is made of that. */
    public <T> CompletableFuture<T> browseAsync(Executor executor, Function<BrowseResult, CompletableFuture<T>> then) {
        return async(
                "browsing " + options.names().origin(),
                executor,
                context -> Batch.browse(context).thenCompose(then));
    }

    /** Lists the zone's relays; blocks. */
    public List<RelayAdvertisement> relays() throws DiscoveryException {
        return call("listing the relays of " + options.names().origin(), server -> options.source())
                .one(RelayLookup::all);
    }

    /** Lists the zone's relays; the future ends on the executor, and cancels its questions where it is cancelled. */
    public CompletableFuture<List<RelayAdvertisement>> relaysAsync(Executor executor) {
        return async("listing the relays of " + options.names().origin(), executor, RelayLookup::all);
    }

    /** Lists the zone's relays, from addresses of this host that the options' address, if there is one, overrides. */
    public CompletableFuture<List<RelayAdvertisement>> relays(
            Function<InetSocketAddress, Optional<InetAddress>> sources) {
        return RelayLookup.all(context(outranked(sources)));
    }

    /**
     * Asks where else a peer can be reached, as it has registered, from addresses of this host; what is registered is
     * not signed, so that signers are not asked for.
     */
    public CompletableFuture<List<Endpoint>> candidates(
            PublicKey key, Function<InetSocketAddress, Optional<InetAddress>> sources) {
        return CandidateLookup.of(context(outranked(sources)).with(unsigned), key);
    }

    /**
     * Registers where else a peer can be reached, at the first server that is asked from an address of this host; the
     * future ends on a thread of its own, and never fails.
     *
     * @param candidates none to register nothing any more
     */
    public CompletableFuture<RegistrationOutcome> register(
            PublicKey key,
            List<Endpoint> candidates,
            Duration lease,
            Function<InetSocketAddress, Optional<InetAddress>> sources) {
        Function<InetSocketAddress, Optional<InetAddress>> from = outranked(sources);
        CompletableFuture<RegistrationOutcome> future = new CompletableFuture<>();
        Optional<ServerPath> path = options.servers().stream()
                .flatMap(server -> from.apply(server).map(source -> new ServerPath(server, source)).stream())
                .findFirst();
        if (path.isEmpty()) {
            future.complete(RegistrationOutcome.failed("it is not reached through the device"));
            return future;
        }
        RegistrationCall call = new RegistrationCall(
                new Registration(options.names(), key, candidates, lease),
                path.get(),
                REGISTRATION,
                ThreadLocalRandom.current()::nextInt);
        options.threadFactory().newThread(() -> future.complete(call.run())).start();
        return future;
    }

    /** Ends all questions and the thread; a second call does nothing. */
    @Override
    public void close() {
        if (exchange != null) {
            exchange.close();
        }
    }

    private Function<InetSocketAddress, Optional<InetAddress>> outranked(
            Function<InetSocketAddress, Optional<InetAddress>> sources) {
        return options.source().isPresent() ? server -> options.source() : sources;
    }

    private LookupContext context(Function<InetSocketAddress, Optional<InetAddress>> sources) {
        return new LookupContext(asker, options.names(), sources, options.timeout());
    }

    private <T> CompletableFuture<T> async(
            String action, Executor executor, Function<LookupContext, CompletableFuture<T>> asking) {
        return AsyncCall.of(context(server -> options.source()), executor, action, asking);
    }

    private BlockingCall call(String action, Function<InetSocketAddress, Optional<InetAddress>> sources) {
        if (exchange != null && exchange.isOwnThread()) {
            throw new IllegalStateException(
                    action
                            + " would block the client's own thread; use lookupAsync, lookupAllAsync or browseAsync, or give the builder an executor");
        }
        return new BlockingCall(context(sources), options.batchTimeout(), action);
    }
}
