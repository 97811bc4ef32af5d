package io.wgsd.discovery;

import io.wgsd.discovery.exchange.Asker;
import io.wgsd.discovery.lookup.Lookups;
import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.internal.Threads;
import io.wgsd.model.IpAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** Collects the settings of a {@link DiscoveryClient}; not thread-safe. */
public final class DiscoveryClientBuilder {

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

    DiscoveryClientBuilder(DnsSdNames names) {
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
    public DiscoveryClientBuilder server(InetSocketAddress server) {
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
    public DiscoveryClientBuilder sourceAddress(IpAddress address) {
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
    public DiscoveryClientBuilder requireSigner(Collection<? extends Record> anchors) {
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
    public DiscoveryClientBuilder timeout(Duration timeout) {
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
    public DiscoveryClientBuilder batchTimeout(Duration batchTimeout) {
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
    public DiscoveryClientBuilder attempts(int attempts) {
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
    public DiscoveryClientBuilder maxInFlight(int maxInFlight) {
        this.maxInFlight = check("max in flight", maxInFlight, MAX_IN_FLIGHT);
        return this;
    }

    /**
     * Sets the executor that completes the stages of {@link DiscoveryClient#lookupAsync} and the other asynchronous
     * methods; by default the client's own thread.
     *
     * @param executor an executor, which the client does not shut down
     * @return this
     */
    public DiscoveryClientBuilder executor(Executor executor) {
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
    public DiscoveryClientBuilder threadFactory(ThreadFactory threadFactory) {
        this.threadFactory = Objects.requireNonNull(threadFactory, "threadFactory");
        return this;
    }

    DiscoveryClientBuilder asker(Asker value) {
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
        Lookups.Options options = new Lookups.Options(
                names, servers, source, signers, timeout, batchTimeout, attempts, maxInFlight, threadFactory);
        return new DiscoveryClient(
                asker == null ? Lookups.overTheNetwork(options) : Lookups.through(asker, options), executor);
    }

    private static Duration checkTimeout(String what, Duration value) {
        if (Objects.requireNonNull(value, what).isNegative() || value.isZero() || value.compareTo(MAX_TIMEOUT) > 0) {
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
