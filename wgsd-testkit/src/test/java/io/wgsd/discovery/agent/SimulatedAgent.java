package io.wgsd.discovery.agent;

import static io.wgsd.testkit.net.NatLab.DEVICE;

import io.wgsd.discovery.AgentEvent;
import io.wgsd.discovery.AgentStore;
import io.wgsd.discovery.PeerStatus;
import io.wgsd.discovery.Routes;
import io.wgsd.discovery.registry.RegistryChannel;
import io.wgsd.model.IpAddress;
import io.wgsd.model.PublicKey;
import io.wgsd.spi.PeerSource;
import io.wgsd.testkit.net.NatLab;
import io.wgsd.testkit.net.Scheduled;
import io.wgsd.testkit.net.SimulatedHost;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A real agent's steps in virtual time, on a simulated host. */
final class SimulatedAgent {

    private final NatLab lab;
    private final SimulatedHost host;
    private final AgentStore store;
    private final PeerSource source;
    private final long seed;
    private final List<AgentEvent> events = new ArrayList<>();
    private final List<String> record = new ArrayList<>();
    private final List<RegistryChannel> others = new ArrayList<>();
    private SimulatedChannel channel;
    private AgentLoop loop;
    private @Nullable Scheduled next;
    private boolean running;
    private boolean interfaceUp = true;

    SimulatedAgent(NatLab lab, SimulatedHost host, PeerSource source, AgentStore store, long seed) {
        this.lab = lab;
        this.host = host;
        this.source = source;
        this.store = store;
        this.seed = seed;
        channel = new SimulatedChannel(lab, host);
        loop = loop();
    }

    /** Has it ask another registry too, from its next start on. */
    SimulatedAgent alsoAsking(RegistryChannel channel) {
        others.add(channel);
        return this;
    }

    /** Starts it, or starts it afresh after it was killed. */
    SimulatedAgent start() {
        record.clear();
        channel.unfollow();
        channel = new SimulatedChannel(lab, host);
        loop = loop();
        running = true;
        wake();
        return this;
    }

    /** Takes the tunnel's interface down, so that the registry is not reached through it, or brings it up, which the system tells. */
    SimulatedAgent interfaceUp(boolean up) {
        interfaceUp = up;
        if (running) {
            loop.networkChanged();
            wake();
        }
        return this;
    }

    /** Ends it without a word. */
    void kill() {
        running = false;
        channel.unfollow();
        if (next != null) {
            next.cancel();
        }
    }

    /** Ends it in order. */
    void close() {
        kill();
        loop.end();
    }

    List<AgentEvent> events() {
        return events;
    }

    /** Returns what it has noted of each look since it was started last. */
    List<String> record() {
        return record;
    }

    PeerStatus status(PublicKey peer) {
        return loop.statuses().stream()
                .filter(status -> status.publicKey().equals(peer))
                .findFirst()
                .orElseThrow();
    }

    private AgentLoop loop() {
        return new AgentLoop(
                new AgentParts(
                        source,
                        DEVICE,
                        channels(),
                        Set.of(),
                        false,
                        true,
                        new HostRoutes(),
                        (device, peers) -> peers.forEach(this::send),
                        store,
                        events::add,
                        record::add,
                        host.clock(),
                        seed),
                this::wake);
    }

    private void send(PublicKey peer) {
        if (source instanceof LawWatcher watcher) {
            watcher.sends(peer);
        }
        host.wireGuard(DEVICE).sendData(peer);
    }

    private List<RegistryChannel> channels() {
        List<RegistryChannel> channels = new ArrayList<>(others);
        channels.add(channel);
        return channels;
    }

    private void wake() {
        if (running) {
            schedule(Duration.ZERO);
        }
    }

    private void schedule(Duration delay) {
        if (next != null) {
            next.cancel();
        }
        next = lab.timeline().schedule(delay, () -> {
            Duration pause = loop.step();
            if (running) {
                schedule(pause);
            }
        });
    }

    /** A host whose tunnel has 10.0.0.0/24 while it is up, and whose default route is always there. */
    private final class HostRoutes implements Routes {

        @Override
        public Set<IpAddress> addresses() {
            return Set.of(host.address(false), tunnel());
        }

        @Override
        public Set<IpAddress> addresses(String device) {
            return interfaceUp ? Set.of(tunnel()) : Set.of();
        }

        @Override
        public Optional<IpAddress> source(InetSocketAddress destination) {
            IpAddress address = IpAddress.of(destination.getAddress());
            boolean inside = interfaceUp && address.toString().startsWith("10.0.0.");
            return Optional.of(inside ? tunnel() : host.address(address.isIpv6()));
        }

        private IpAddress tunnel() {
            return host.name().equals("alice") ? NatLab.ALICE_TUNNEL : NatLab.BOB_TUNNEL;
        }
    }
}
