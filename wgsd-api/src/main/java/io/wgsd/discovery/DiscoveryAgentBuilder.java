package io.wgsd.discovery;

import io.wgsd.discovery.agent.AgentParts;
import io.wgsd.discovery.agent.AgentRun;
import io.wgsd.discovery.agent.AgentRunner;
import io.wgsd.discovery.agent.LoggingListener;
import io.wgsd.discovery.agent.ScheduledRun;
import io.wgsd.discovery.health.HealthKeeper;
import io.wgsd.discovery.registry.ClientChannel;
import io.wgsd.discovery.registry.HostName;
import io.wgsd.discovery.registry.LookupChannel;
import io.wgsd.discovery.registry.LookupRegistry;
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

/** Collects the settings of a {@link DiscoveryAgent}, and starts it or makes one pass. Not thread-safe. */
public final class DiscoveryAgentBuilder {

    private final PeerSource source;
    private final String device;
    private final List<Function<ThreadFactory, RegistryChannel>> registries = new ArrayList<>();
    private final List<CandidateSource> candidateSources = new ArrayList<>();
    private @Nullable SinglePass firstPass;
    private @Nullable HostName registryEndpoint;
    private final Set<PublicKey> kept = new HashSet<>();
    private boolean insecureDnsAllowed;
    private Routes routes = Routes.system();
    private @Nullable Trigger trigger;
    private TimeSource clock = TimeSource.system();
    private boolean restartsAllowed = true;
    private boolean relaysAllowed = true;
    private AgentStore store = AgentStore.inMemory();
    private AgentEvent.Listener listener = new LoggingListener();
    private @Nullable Consumer<String> recorder;
    private RandomGenerator random = new SplittableRandom();
    private ThreadFactory threadFactory;
    private @Nullable ScheduledExecutorService executor;

    DiscoveryAgentBuilder(PeerSource source, String device) {
        this.source = Objects.requireNonNull(source, "source");
        this.device = Device.checkName(device);
        threadFactory = Threads.numberedDaemons("wgsd-agent-" + this.device + "-");
    }

    /**
     * Adds a registry, which a {@link DiscoveryClient} asks over DNS, or an application in another way. {@link #start}
     * asks all registries, and {@link #runOnce} the first one.
     *
     * @param lookup what asks it. A client asks from the device's address where the registry is reached through the
     *     device, and follows what the registry pushes. Any other asks from an address of its own choice, for an agent
     *     by {@code lookupAsync} and {@code follow}, for a pass by {@code lookupAll}.
     * @return this
     */
    public DiscoveryAgentBuilder registry(PeerLookup lookup) {
        Objects.requireNonNull(lookup, "lookup");
        if (lookup instanceof DiscoveryClient client) {
            add(
                    threadFactory -> new ClientChannel(client.lookups(), threadFactory),
                    parts -> parts.pass(client.lookups()).run());
        } else {
            add(
                    threadFactory -> new LookupChannel(lookup),
                    parts -> parts.pass(new LookupRegistry(lookup)).run());
        }
        return this;
    }

    /**
     * Adds a registry by its name. {@link #start} looks the name up, and while the registry does not
     * answer it does so again, at most every five seconds. {@link #runOnce} looks it up once, which may block as long
     * as the system's resolver does, and asks at the first address.
     *
     * @param host a host's name, which the Java runtime resolves
     * @param port the port, 1 to 65535
     * @param clientFactory makes a client that asks at an address; called on the agent's thread, or by {@link
     *     #runOnce}; the agent or the pass closes the client
     * @return this
     * @throws io.wgsd.model.FormatException if the host is not a valid name, or the port is out of range
     */
    public DiscoveryAgentBuilder registry(
            String host, int port, Function<InetSocketAddress, DiscoveryClient> clientFactory) {
        HostName name = new HostName(host, port);
        Objects.requireNonNull(clientFactory, "clientFactory");
        add(
                threadFactory -> new NamedChannel(
                        name,
                        InetAddress::getAllByName,
                        address -> clientFactory.apply(address).lookups(),
                        threadFactory),
                parts -> {
                    try (DiscoveryClient client = clientFactory.apply(name.resolved())) {
                        return parts.pass(client.lookups()).run();
                    }
                });
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
    public DiscoveryAgentBuilder registryEndpoint(String host, int port) {
        registryEndpoint = new HostName(host, port);
        return this;
    }

    /**
     * Adds a peer that is never written.
     *
     * @param key the peer's key
     * @return this
     */
    public DiscoveryAgentBuilder keep(PublicKey key) {
        kept.add(Objects.requireNonNull(key, "key"));
        return this;
    }

    /**
     * Sets whether registries may be asked that are not reached through the device, although anyone on the way can
     * forge their answers.
     *
     * @param allowed false by default: an agent does not ask them, and a pass warns
     * @return this
     */
    public DiscoveryAgentBuilder allowInsecureDns(boolean allowed) {
        insecureDnsAllowed = allowed;
        return this;
    }

    /**
     * Sets what makes WireGuard begin a handshake with a peer that has the advertised endpoint and no session.
     *
     * @param trigger by default, one empty datagram to UDP port 9 of an address among the peer's allowed IPs, from
     *     the device's address; {@link Trigger#none()} leaves it to WireGuard, which does nothing until there is
     *     traffic
     * @return this
     */
    public DiscoveryAgentBuilder trigger(Trigger trigger) {
        this.trigger = Objects.requireNonNull(trigger, "trigger");
        return this;
    }

    /**
     * Sets the addresses and routes that decide how the registry is reached and which endpoints are refused.
     *
     * @param routes by default, the running system's
     * @return this
     */
    public DiscoveryAgentBuilder routes(Routes routes) {
        this.routes = Objects.requireNonNull(routes, "routes");
        return this;
    }

    /**
     * Sets the clock.
     *
     * @param clock {@link TimeSource#system()} by default
     * @return this
     */
    public DiscoveryAgentBuilder clock(TimeSource clock) {
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
    public DiscoveryAgentBuilder restarts(boolean allowed) {
        restartsAllowed = allowed;
        return this;
    }

    /**
     * Sets whether the agent uses the relays that registries announce. It attaches to two of them, the same as all
     * others do: it adds them to the device as peers without allowed IPs, after noting that in the {@link #store}, and
     * removes them when it ends. What a relay forwards stays encrypted from end to end.
     *
     * @param allowed true by default
     * @return this
     */
    public DiscoveryAgentBuilder relays(boolean allowed) {
        relaysAllowed = allowed;
        return this;
    }

    /**
     * Adds what finds endpoints at which this host can be reached besides the one that registries see. While the agent
     * runs it registers them at each registry that it reaches through the device, which takes them only from a port
     * below 1024; where this process may not use one, a listener is told so.
     *
     * @param source what finds them, which the agent starts and closes; those of the first source come first
     * @return this
     */
    public DiscoveryAgentBuilder candidateSource(CandidateSource source) {
        candidateSources.add(Objects.requireNonNull(source, "source"));
        return this;
    }

    /**
     * Sets the store of what the agent has to know at its next start.
     *
     * @param store {@link AgentStore#inMemory()} by default; {@link AgentStore#inFile} outlives the process
     * @return this
     */
    public DiscoveryAgentBuilder store(AgentStore store) {
        this.store = Objects.requireNonNull(store, "store");
        return this;
    }

    /**
     * Sets the listener that receives what happens after {@link #start}.
     *
     * @param listener by default, a logger, which logs once as a warning what an operator has to know
     * @return this
     */
    public DiscoveryAgentBuilder listener(AgentEvent.Listener listener) {
        this.listener = Objects.requireNonNull(listener, "listener");
        return this;
    }

    /**
     * Sets the recorder, which takes a line of text for each reading of the device, with all that a decision
     * depends on and no secret. {@link AgentRecording} finds out from these lines what the agent did. It is called
     * after {@link #start}, on the agent's thread.
     *
     * @param recorder none by default
     * @return this
     */
    public DiscoveryAgentBuilder recorder(Consumer<String> recorder) {
        this.recorder = Objects.requireNonNull(recorder, "recorder");
        return this;
    }

    /**
     * Sets the factory of the agent's threads: one that decides, one that watches the network, and one for each
     * registry that is reached through the device and pushes changes. By default they are daemon threads named
     * {@code wgsd-agent-wg0-1} and so on, with the device's name.
     *
     * @param threadFactory called by {@link #start}, which throws what it throws, and on the agent's
     *     threads
     * @return this
     */
    public DiscoveryAgentBuilder threadFactory(ThreadFactory threadFactory) {
        this.threadFactory = Objects.requireNonNull(threadFactory, "threadFactory");
        return this;
    }

    /**
     * Sets what takes the steps of {@link #start} instead of a thread of the agent's own, as in a program that
     * has its own timers, or in a test whose time is virtual. A step blocks while the device is read and written.
     *
     * @param executor an executor, which stays the caller's, and whose shutdown stops the agent where it is; its
     *     time is that of the {@link #clock}
     * @return this
     */
    public DiscoveryAgentBuilder executor(ScheduledExecutorService executor) {
        this.executor = Objects.requireNonNull(executor, "executor");
        return this;
    }

    /**
     * Sets where chance comes from, which spreads the agent's questions and attempts in time.
     *
     * @param random a source of random numbers, used once, by {@link #start}; by default one of this process
     * @return this
     */
    public DiscoveryAgentBuilder random(RandomGenerator random) {
        this.random = Objects.requireNonNull(random, "random");
        return this;
    }

    /**
     * Starts an agent that keeps the device's endpoints right, and returns at once; the device need not exist yet.
     *
     * @return the agent, which runs until the caller closes it
     * @throws IllegalStateException if it has no registry to ask, or the thread factory makes no thread
     */
    public DiscoveryAgent start() {
        if (registries.isEmpty()) {
            throw new IllegalStateException("the agent of " + device + " needs a registry to ask");
        }
        HealthKeeper health = new HealthKeeper(channels(), listener, clock);
        AgentParts parts = parts(health.channels(), health);
        AgentRun run = executor == null ? new AgentRunner(parts, threadFactory) : new ScheduledRun(parts, executor);
        run.start();
        return new DiscoveryAgent(run, health);
    }

    /**
     * Looks up the peers, all side by side, and sets the endpoints of those without a live session where they have
     * changed; blocks.
     *
     * <p>A peer may be advertised elsewhere and have a live session, or one whose handshake looks old or lies in
     * the future, which proves nothing. The pass first sends it up to four datagrams in 2.5 s, and leaves it alone
     * unless WireGuard itself is seen to take the session for dead. With a time-out of 26 s or more for the
     * client's questions, a pass waits long enough to tell a dead session from a silent one; then it tries the new
     * endpoint, and takes it back if nothing comes.
     *
     * <p>Besides that wait, a pass takes as long as the look-ups, which end within the client's batch time-out,
     * some readings and at most two writes, each within the source's time-out. The registry is asked from the
     * device's address where it is reached through the device. Right before it writes, the pass reads the device
     * again, so that it also leaves alone a session that came up meanwhile. Then it sends one empty datagram to
     * each peer that has the advertised endpoint and no session, which makes WireGuard begin a handshake ({@link
     * #trigger}).
     *
     * <p>A pass has no use for the settings of an agent that runs: store, listener, recorder, restarts, thread
     * factory, executor, and the name of the registry's endpoint.
     *
     * @return what was done about each peer; a look-up that fails is an outcome
     * @throws WireGuardException if the device cannot be read or written, or the thread is interrupted meanwhile;
     *     nothing more is done then
     * @throws DiscoveryException if the thread is interrupted while peers are looked up, the client is closed, or the
     *     registry's name is not resolved; nothing more is written then
     * @throws IllegalStateException if it has no registry to ask
     */
    public PassResult runOnce() throws WireGuardException, DiscoveryException {
        if (firstPass == null) {
            throw new IllegalStateException("a single pass over " + device + " needs a registry to ask");
        }
        return firstPass.run(parts(channels(), listener));
    }

    private void add(Function<ThreadFactory, RegistryChannel> registry, SinglePass pass) {
        registries.add(registry);
        if (firstPass == null) {
            firstPass = pass;
        }
    }

    private List<RegistryChannel> channels() {
        return registries.stream()
                .map(registry -> registry.apply(threadFactory))
                .toList();
    }

    private AgentParts parts(List<RegistryChannel> channels, AgentEvent.Listener events) {
        return new AgentParts(
                source,
                device,
                channels,
                Set.copyOf(kept),
                insecureDnsAllowed,
                restartsAllowed,
                relaysAllowed,
                routes,
                trigger == null ? new DatagramTrigger(routes) : trigger,
                store,
                events,
                recorder,
                clock,
                random.nextInt(),
                registryEndpoint == null
                        ? null
                        : new RegistryPeerEndpoint(registryEndpoint, InetAddress::getAllByName, threadFactory),
                List.copyOf(candidateSources),
                threadFactory);
    }

    /** Makes a pass that asks one registry. */
    private interface SinglePass {

        PassResult run(AgentParts parts) throws WireGuardException, DiscoveryException;
    }
}
