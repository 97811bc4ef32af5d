package io.wgsd.discovery;

import io.wgsd.discovery.agent.AgentParts;
import io.wgsd.discovery.agent.AgentRun;
import io.wgsd.discovery.agent.AgentRunner;
import io.wgsd.discovery.agent.LoggingListener;
import io.wgsd.discovery.agent.ScheduledRun;
import io.wgsd.discovery.lookup.Pass;
import io.wgsd.discovery.registry.ClientChannel;
import io.wgsd.discovery.registry.HostName;
import io.wgsd.discovery.registry.LookupChannel;
import io.wgsd.discovery.registry.NamedChannel;
import io.wgsd.discovery.registry.RegistryChannel;
import io.wgsd.discovery.registry.RegistryPeerEndpoint;
import io.wgsd.discovery.route.DatagramTrigger;
import io.wgsd.internal.Threads;
import io.wgsd.model.Device;
import io.wgsd.model.PublicKey;
import io.wgsd.model.TimeSource;
import io.wgsd.spi.PeerSource;
import io.wgsd.spi.WireGuardException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Sets the endpoints of a device's peers to what registries advertise, once or for as long as it runs, and leaves every
 * working session alone.
 *
 * <p>It never writes a peer with a live session, a peer that the caller {@linkplain Builder#keep names}, or the peer
 * through which a registry is reached (except by {@link Builder#registryEndpoint}). It never sets an endpoint where no
 * peer can be: an {@linkplain io.wgsd.model.UnusableAddress address that no other host could send to}, one of this
 * host's own, the registry's own peer's, one inside the tunnel, or one without a route.
 *
 * <p>A session is live while its last handshake is younger than three minutes, unless what was sent has had no answer
 * for 15 s (25 s where packets are not known to arrive), or the peer, which is known to answer, did not while a
 * registry had news of it. The age grows by a monotonic clock from when the handshake's stamp was seen to change; a
 * stamp that looks old at first sight, or lies in the future, proves nothing, for the wall clock may have been set.
 *
 * <p>{@link #runOnce} makes one pass, asks the first registry only, and writes nothing but endpoints. {@link #start}
 * keeps at it until {@link #close}: on a thread of its own it reads the device, asks the registries about peers that
 * have no live session, and makes WireGuard begin a handshake that passes the NATs on both sides. Of two peers the one
 * with the lesser key sends first, and the other a little later, through the hole that the first one's packet has made.
 * If there is no answer it tries again, less and less often. It makes WireGuard send by the gentlest means that works:
 * a datagram to the peer's address inside the tunnel; where none can be sent, the persistent keepalive, if it was off,
 * which is switched off again when the agent ends; and only where WireGuard itself would wait for up to five seconds
 * (REKEY_TIMEOUT) a {@linkplain Builder#restarts restart} of a peer that has no session and is not heard.
 *
 * <p>A registry that pushes changes (RFC 8765) is seldom asked; this library's registry does, over TCP inside the
 * tunnel. Others are polled: often about peers that have no session, four times a second at first, and seldom about the
 * rest.
 *
 * <p>Of several registries it believes the one that has seen a peer at its endpoint most recently. Thread-safe. The
 * caller closes the source and the clients.
 */
public final class DiscoveryAgent implements AutoCloseable {

    private final @Nullable Pass pass;
    private final AgentRun run;

    private DiscoveryAgent(Builder builder) {
        AgentParts parts = new AgentParts(
                builder.source,
                builder.device,
                channels(builder),
                Set.copyOf(builder.kept),
                builder.insecureDnsAllowed,
                builder.restartsAllowed,
                builder.routes,
                builder.trigger == null ? new DatagramTrigger(builder.routes) : builder.trigger,
                builder.store,
                builder.listener,
                builder.recorder,
                builder.clock,
                builder.random.nextInt(),
                registryEndpoint(builder));
        pass = builder.clients.isEmpty()
                ? null
                : parts.pass(builder.clients.get(0).lookups());
        ScheduledExecutorService executor = builder.executor;
        run = executor == null ? new AgentRunner(parts, builder.threadFactory) : new ScheduledRun(parts, executor);
    }

    /**
     * Begins an agent.
     *
     * @param source where the device is read and written
     * @param device the device's name
     * @param client asks the registry
     * @return a builder
     * @throws io.wgsd.model.FormatException if no interface can have that name
     */
    public static Builder builder(PeerSource source, String device, DiscoveryClient client) {
        return new Builder(source, device).registry(client);
    }

    /**
     * Begins an agent without a registry yet.
     *
     * @param source where the device is read and written
     * @param device the device's name
     * @return a builder, which needs one of its methods {@code registry} to be called
     * @throws io.wgsd.model.FormatException if no interface can have that name
     */
    public static Builder builder(PeerSource source, String device) {
        return new Builder(source, device);
    }

    /**
     * Looks up the peers, all side by side, and sets the endpoints of those without a live session where they have
     * changed; blocks.
     *
     * <p>A peer may be advertised elsewhere and have a live session, or one whose handshake looks old or lies in the
     * future, which proves nothing. The pass first sends it up to four datagrams in 2.5 s, and leaves it alone unless
     * WireGuard itself is seen to take the session for dead. With a time-out of 26 s or more for the client's
     * questions, a pass waits long enough to tell a dead session from a silent one; then it tries the new endpoint, and
     * takes it back if nothing comes.
     *
     * <p>Besides that wait, a pass takes as long as the look-ups, which end within the client's batch time-out, some
     * readings and at most two writes, each within the source's time-out. The registry is asked from the device's
     * address where it is reached through the device. Right before it writes, the pass reads the device again, so that
     * it also leaves alone a session that came up meanwhile. Then it sends one empty datagram to each peer that has the
     * advertised endpoint and no session, which makes WireGuard begin a handshake ({@link Builder#trigger}).
     *
     * @return what was done about each peer; a look-up that fails is an outcome
     * @throws WireGuardException if the device cannot be read or written, or the thread is interrupted meanwhile;
     *     nothing more is done then
     * @throws DiscoveryException if the thread is interrupted while peers are looked up, or the client is closed;
     *     nothing more is written then
     * @throws IllegalStateException if the first registry was given by its name
     */
    public PassResult runOnce() throws WireGuardException, DiscoveryException {
        if (pass == null) {
            throw new IllegalStateException("a single pass needs a registry by its address; give the builder a client");
        }
        return pass.run();
    }

    /**
     * Begins to keep the device's endpoints right, and returns at once; the device need not exist yet.
     *
     * @throws IllegalStateException if it was started before, or is closed
     */
    public void start() {
        run.start();
    }

    /**
     * Returns what is known about each peer of the device.
     *
     * @return one status for each, in the order of the keys; empty before {@link #start} has found the device;
     *     unmodifiable
     */
    public List<PeerStatus> state() {
        return run.statuses();
    }

    /**
     * Ends what {@link #start} began, switches lent persistent keepalives off again, and otherwise leaves the device as
     * it is. It waits for that, some seconds at most if the source keeps its time-outs. A second call only waits.
     */
    @Override
    public void close() {
        run.close();
    }

    private static List<RegistryChannel> channels(Builder builder) {
        return builder.registries.stream()
                .map(registry -> registry.channel(builder.threadFactory))
                .toList();
    }

    private static @Nullable RegistryPeerEndpoint registryEndpoint(Builder builder) {
        HostName name = builder.registryEndpoint;
        return name == null ? null : new RegistryPeerEndpoint(name, InetAddress::getAllByName, builder.threadFactory);
    }

    /** Collects an agent's settings; not thread-safe. */
    public static final class Builder {

        private final PeerSource source;
        private final String device;
        private final List<DiscoveryClient> clients = new ArrayList<>();
        private final List<Named> registries = new ArrayList<>();
        private @Nullable HostName registryEndpoint;
        private final Set<PublicKey> kept = new HashSet<>();
        private boolean insecureDnsAllowed;
        private Routes routes = Routes.system();
        private @Nullable Trigger trigger;
        private TimeSource clock = TimeSource.system();
        private boolean restartsAllowed = true;
        private AgentStore store = AgentStore.inMemory();
        private AgentEvent.Listener listener = new LoggingListener();
        private @Nullable Consumer<String> recorder;
        private RandomGenerator random = new SplittableRandom();
        private ThreadFactory threadFactory;
        private @Nullable ScheduledExecutorService executor;

        private Builder(PeerSource source, String device) {
            this.source = Objects.requireNonNull(source, "source");
            this.device = Device.checkName(device);
            threadFactory = Threads.numberedDaemons("wgsd-agent-" + this.device + "-");
        }

        /** Makes a registry's channel once all settings are known. */
        @FunctionalInterface
        private interface Named {
            RegistryChannel channel(ThreadFactory threadFactory);
        }

        /**
         * Adds a registry. {@link DiscoveryAgent#start} asks all registries, and {@link DiscoveryAgent#runOnce} asks
         * the first one.
         *
         * @param client asks it
         * @return this
         */
        public Builder registry(DiscoveryClient client) {
            clients.add(Objects.requireNonNull(client, "client"));
            registries.add(threadFactory -> new ClientChannel(client.lookups(), threadFactory));
            return this;
        }

        /**
         * Adds a registry by its name. {@link DiscoveryAgent#start} looks the name up, and while the registry does not
         * answer it does so again, at most every five seconds.
         *
         * @param host a host's name, which the Java runtime resolves
         * @param port the port, 1 to 65535
         * @param clientFactory makes a client that asks at an address; called on the agent's thread; the agent closes
         *     the client
         * @return this
         * @throws io.wgsd.model.FormatException if the host is not a valid name, or the port is out of range
         */
        public Builder registry(String host, int port, Function<InetSocketAddress, DiscoveryClient> clientFactory) {
            HostName name = new HostName(host, port);
            Objects.requireNonNull(clientFactory, "clientFactory");
            registries.add(threadFactory -> new NamedChannel(
                    name,
                    InetAddress::getAllByName,
                    address -> clientFactory.apply(address).lookups(),
                    threadFactory));
            return this;
        }

        /**
         * Adds a registry that is asked in another way than over DNS; only {@link DiscoveryAgent#start} asks it.
         *
         * @param lookup what asks it, by {@code lookupAsync} alone, from an address that is its own choice
         * @return this
         */
        public Builder registry(PeerLookup lookup) {
            if (lookup instanceof DiscoveryClient client) {
                return registry(client);
            }
            Objects.requireNonNull(lookup, "lookup");
            registries.add(threads -> new LookupChannel(lookup));
            return this;
        }

        /**
         * Sets the name of the host where the peer is through which the first registry is reached. While that peer has
         * no live session and the registry does not answer, the agent looks the name up, and sets the peer's endpoint
         * if it has changed. A peer that is {@linkplain #keep kept} is not written even so.
         *
         * @param host a host's name, which the Java runtime resolves
         * @param port the UDP port at which WireGuard listens there, 1 to 65535
         * @return this
         * @throws io.wgsd.model.FormatException if the host is not a valid name, or the port is out of range
         */
        public Builder registryEndpoint(String host, int port) {
            registryEndpoint = new HostName(host, port);
            return this;
        }

        /**
         * Adds a peer that is never written.
         *
         * @param key the peer's key
         * @return this
         */
        public Builder keep(PublicKey key) {
            kept.add(Objects.requireNonNull(key, "key"));
            return this;
        }

        /**
         * Allows registries that are not reached through the device, although anyone on the way can forge their
         * answers. Otherwise an agent does not ask them, and a pass warns.
         *
         * @return this
         */
        public Builder allowInsecureDns() {
            insecureDnsAllowed = true;
            return this;
        }

        /**
         * Sets what makes WireGuard begin a handshake with a peer that has the advertised endpoint and no session.
         *
         * @param value by default, one empty datagram to UDP port 9 of an address among the peer's allowed IPs, from
         *     the device's address; {@link Trigger#none()} leaves it to WireGuard, which does nothing until there is
         *     traffic
         * @return this
         */
        public Builder trigger(Trigger value) {
            trigger = Objects.requireNonNull(value, "trigger");
            return this;
        }

        /**
         * Sets the addresses and routes that decide how the registry is reached and which endpoints are refused.
         *
         * @param value by default, the running system's
         * @return this
         */
        public Builder routes(Routes value) {
            routes = Objects.requireNonNull(value, "routes");
            return this;
        }

        /**
         * Sets the clock.
         *
         * @param clock {@link TimeSource#system()} by default
         * @return this
         */
        public Builder clock(TimeSource clock) {
            this.clock = Objects.requireNonNull(clock, "clock");
            return this;
        }

        /**
         * Sets whether the agent may restart a peer, where WireGuard would otherwise wait for up to five seconds before
         * it sends: it removes the peer and adds it again with all its settings, in one transaction. This resets the
         * peer's statistics.
         *
         * @param allowed true by default; a backend that cannot do it in one transaction never does it
         * @return this
         */
        public Builder restarts(boolean allowed) {
            restartsAllowed = allowed;
            return this;
        }

        /**
         * Sets the store of what the agent has to know at its next start.
         *
         * @param value {@link AgentStore#inMemory()} by default; {@link AgentStore#inFile} outlives the process
         * @return this
         */
        public Builder store(AgentStore value) {
            store = Objects.requireNonNull(value, "store");
            return this;
        }

        /**
         * Sets the listener that receives what happens after {@link DiscoveryAgent#start}.
         *
         * @param value by default, a logger, which logs once as a warning what an operator has to know
         * @return this
         */
        public Builder listener(AgentEvent.Listener value) {
            listener = Objects.requireNonNull(value, "listener");
            return this;
        }

        /**
         * Sets the recorder, which takes a line of text for each reading of the device, with all that a decision
         * depends on and no secret. {@link AgentRecording} finds out from these lines what the agent did. It is called
         * after {@link DiscoveryAgent#start}, on the agent's thread.
         *
         * @param value none by default
         * @return this
         */
        public Builder recorder(Consumer<String> value) {
            recorder = Objects.requireNonNull(value, "recorder");
            return this;
        }

        /**
         * Sets the factory of the agent's threads: one that decides, one that watches the network, and one for each
         * registry that is reached through the device and pushes changes. By default they are daemon threads named
         * {@code wgsd-agent-wg0-1} and so on, with the device's name.
         *
         * @param factory called by {@link DiscoveryAgent#start}, which throws what it throws, and on the agent's
         *     threads
         * @return this
         */
        public Builder threadFactory(ThreadFactory factory) {
            threadFactory = Objects.requireNonNull(factory, "factory");
            return this;
        }

        /**
         * Sets what takes the steps of {@link DiscoveryAgent#start} instead of a thread of the agent's own, as in a program that
         * has its own timers, or in a test whose time is virtual. A step blocks while the device is read and written.
         *
         * @param value an executor, which stays the caller's, and whose shutdown stops the agent where it is; its time is that of
         *     the {@link #clock}
         * @return this
         */
        public Builder executor(ScheduledExecutorService value) {
            executor = Objects.requireNonNull(value, "executor");
            return this;
        }

        /**
         * Sets where chance comes from, which spreads the agent's questions and attempts in time.
         *
         * @param value a source of random numbers, used once, by {@link #build}; by default one of this process
         * @return this
         */
        public Builder random(RandomGenerator value) {
            random = Objects.requireNonNull(value, "random");
            return this;
        }

        /**
         * Returns the agent.
         *
         * @return an agent
         * @throws IllegalStateException if it has no registry to ask
         */
        public DiscoveryAgent build() {
            if (registries.isEmpty()) {
                throw new IllegalStateException("the agent of " + device + " needs a registry to ask");
            }
            return new DiscoveryAgent(this);
        }
    }
}
