package io.wgsd.testkit.net.agent;

import static io.wgsd.testkit.net.NatLab.DEVICE;

import io.wgsd.discovery.AgentEvent;
import io.wgsd.discovery.AgentStore;
import io.wgsd.discovery.DiscoveryAgent;
import io.wgsd.discovery.DiscoveryAgentBuilder;
import io.wgsd.discovery.PeerLookup;
import io.wgsd.discovery.PeerStatus;
import io.wgsd.discovery.Routes;
import io.wgsd.model.IpAddress;
import io.wgsd.model.PublicKey;
import io.wgsd.spi.PeerSource;
import io.wgsd.testkit.net.NatLab;
import io.wgsd.testkit.net.SimulatedHost;
import io.wgsd.testkit.net.SimulatedRegistry;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/** An agent that can be killed and started again, and whose tunnel's interface can be down. */
final class SimulatedAgent {

    private final NatLab lab;
    private final SimulatedRegistry registry;
    private final SimulatedHost host;
    private final PeerSource source;
    private final AgentStore store = AgentStore.inMemory();
    private final long seed;
    private final List<AgentEvent> events = new ArrayList<>();
    private final List<String> record = new ArrayList<>();
    private final List<PeerLookup> others = new ArrayList<>();
    private @Nullable ScheduledExecutorService executor;
    private @Nullable DiscoveryAgent agent;
    private boolean interfaceUp = true;

    SimulatedAgent(NatLab lab, SimulatedRegistry registry, SimulatedHost host, PeerSource source, long seed) {
        this.lab = lab;
        this.registry = registry;
        this.host = host;
        this.source = source;
        this.seed = seed;
    }

    SimulatedAgent(NatLab lab, SimulatedRegistry registry, SimulatedHost host, long seed) {
        this(lab, registry, host, host.source(), seed);
    }

    /** Adds another registry, which it asks too from its next start on. */
    SimulatedAgent alsoAsking(PeerLookup other) {
        others.add(other);
        return this;
    }

    /** Starts it, or starts another one after it was killed. */
    SimulatedAgent start() {
        record.clear();
        ScheduledExecutorService own = lab.timeline().executor();
        DiscoveryAgentBuilder builder = registry.agent(host, DEVICE, source)
                .routes(new InterfaceRoutes(host.routes()))
                .trigger((device, peers) -> peers.forEach(this::send))
                .random(new SplittableRandom(seed))
                .executor(own)
                .store(store)
                .listener(events::add)
                .recorder(record::add);
        others.forEach(builder::registry);
        agent = builder.start();
        executor = own;
        return this;
    }

    /** Takes the tunnel's interface down, so that the registry is not reached through it, or brings it up. */
    SimulatedAgent interfaceUp(boolean up) {
        interfaceUp = up;
        return this;
    }

    /** Ends it as a kill does, without anything being put back. */
    void kill() {
        if (executor != null) {
            executor.shutdownNow();
        }
    }

    List<AgentEvent> events() {
        return events;
    }

    /** Returns what it has recorded of each look since it was started last. */
    List<String> record() {
        return record;
    }

    PeerStatus status(PublicKey peer) {
        DiscoveryAgent running = agent;
        return (running == null ? List.<PeerStatus>of() : running.state())
                .stream()
                        .filter(status -> status.publicKey().equals(peer))
                        .findFirst()
                        .orElseThrow();
    }

    private void send(PublicKey peer) {
        if (source instanceof LawWatcher watcher) {
            watcher.sends(peer);
        }
        host.wireGuard(DEVICE).sendData(peer);
    }

    /** The host's routes, without those into the tunnel while its interface is down. */
    private final class InterfaceRoutes implements Routes {

        private final Routes routes;

        InterfaceRoutes(Routes routes) {
            this.routes = routes;
        }

        @Override
        public Set<IpAddress> addresses() {
            return routes.addresses();
        }

        @Override
        public Set<IpAddress> addresses(String device) {
            return interfaceUp ? routes.addresses(device) : Set.of();
        }

        @Override
        public Optional<IpAddress> source(InetSocketAddress destination) {
            Optional<IpAddress> source = routes.source(destination);
            return interfaceUp
                            || !routes.addresses(DEVICE)
                                    .equals(source.map(Set::of).orElse(Set.of()))
                    ? source
                    : Optional.of(host.address(false));
        }
    }
}
