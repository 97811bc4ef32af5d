package io.wgsd.discovery.carrier;

import io.wgsd.discovery.AgentEvent;
import io.wgsd.discovery.carrier.CarriageFile.Replaced;
import io.wgsd.discovery.carrier.CarriageStep.Kind;
import io.wgsd.discovery.decide.session.Session;
import io.wgsd.internal.tls.Destination;
import io.wgsd.model.Device;
import io.wgsd.model.DeviceChange;
import io.wgsd.model.Endpoint;
import io.wgsd.model.Moment;
import io.wgsd.model.Peer;
import io.wgsd.model.PeerChange;
import io.wgsd.model.PublicKey;
import io.wgsd.model.TimeSource;
import io.wgsd.spi.CancelledException;
import io.wgsd.spi.NoSuchDeviceException;
import io.wgsd.spi.PeerSource;
import io.wgsd.spi.ReadOptions;
import io.wgsd.spi.WireGuardException;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A device some of whose peers have the endpoint of a {@link CarrierLine}. Each reading is also when it is decided what
 * to do about that; what is handed out, and what is asked for, has the endpoints that these peers would have without it.
 *
 * <p>Thread-safe.
 */
public final class CarriedDevice implements AutoCloseable {

    private static final Duration KEEPALIVE = Duration.ofSeconds(25);

    private final PeerSource source;
    private final String device;
    private final CarriagePeers peers;
    private final CarriageLines lines;
    private final CarriageFile file;
    private final AgentEvent.Listener listener;
    private final CarriageProblems problems;
    private final TimeSource clock;
    private final String server;
    private CarriageMemory memory = CarriageMemory.none();
    private @Nullable Replaced registry;
    private @Nullable Replaced relay;
    private boolean restored;

    CarriedDevice(
            PeerSource source,
            String device,
            CarriagePeers peers,
            CarriageLines lines,
            CarriageFile file,
            AgentEvent.Listener listener,
            CarriageProblems problems,
            TimeSource clock) {
        this.source = source;
        this.device = device;
        this.peers = peers;
        this.lines = lines;
        this.file = file;
        this.listener = listener;
        this.problems = problems;
        this.clock = clock;
        server = problems.server();
    }

    /** Reads the device, as it would be without this. */
    public synchronized Device read(ReadOptions options) throws WireGuardException {
        Device read = source.read(device, options);
        lines.setWireGuardPort(read.listenPort());
        if (!restored) {
            restore(read);
            restored = true;
        }
        decide(read, clock.now());
        problems.drain(listener);
        return shown(read);
    }

    /** Returns which server packets are carried to; empty where none are. */
    public synchronized Optional<String> server() {
        return memory.isAnyCarried() ? Optional.of(server) : Optional.empty();
    }

    private void decide(Device read, Moment at) throws WireGuardException {
        Map<Destination, LineSight> seen = new EnumMap<>(Destination.class);
        peers.registry(read)
                .ifPresent(peer ->
                        seen.put(Destination.REGISTRY, sight(Destination.REGISTRY, peer, LineSight.Traffic.NONE)));
        peers.relay(read, relay == null ? null : relay.peer()).ifPresent(peer -> {
            noteRelay(peer);
            seen.put(Destination.RELAY, sight(Destination.RELAY, peer, behind(read)));
        });
        CarriageMemory before = memory;
        CarriageDecider.Decision decision = CarriageDecider.decide(before, seen, at);
        memory = decision.memory();
        for (CarriageStep step : decision.steps()) {
            try {
                carryOut(step, read, at);
            } catch (NoSuchDeviceException | CancelledException e) {
                memory = before;
                throw e;
            } catch (IOException e) {
                memory = memory.undone(step.destination(), before);
                problems.add("the endpoint of the " + step.destination().name().toLowerCase(Locale.ROOT) + "'s peer of "
                        + device + " cannot be changed: " + e.getMessage());
            }
        }
        if (memory.isAnyCarried() != before.isAnyCarried()) {
            listener.happened(
                    memory.isAnyCarried()
                            ? new AgentEvent.TlsUp(server)
                            : new AgentEvent.TlsDown(server, "UDP is used"));
        }
    }

    /** Returns the traffic of the peers that are reached by the relay. */
    private LineSight.Traffic behind(Device read) {
        Replaced by = relay;
        long rx = 0;
        long tx = 0;
        if (by != null) {
            for (Peer peer : read.peers()) {
                boolean isBehind = peer.endpoint()
                        .filter(endpoint -> endpoint.equals(by.own()) || endpoint.equals(by.instead()))
                        .isPresent();
                if (isBehind && !peer.publicKey().equals(by.peer())) {
                    rx += peer.statistics().rxBytes();
                    tx += peer.statistics().txBytes();
                }
            }
        }
        return new LineSight.Traffic(rx, tx);
    }

    private LineSight sight(Destination destination, Peer peer, LineSight.Traffic behind) {
        return new LineSight(
                peer,
                behind,
                peer.endpoint().equals(Optional.of(lines.endpoint(destination))),
                lines.isOpen(destination),
                lines.down(destination));
    }

    private void noteRelay(Peer peer) {
        Endpoint instead = lines.endpoint(Destination.RELAY);
        peer.endpoint()
                .filter(endpoint -> !endpoint.equals(instead))
                .ifPresent(own -> relay = new Replaced(peer.publicKey(), own, instead));
    }

    private void carryOut(CarriageStep step, Device read, Moment at) throws IOException {
        Destination destination = step.destination();
        switch (step.kind()) {
            case ASK -> ask(destination, read);
            case CONNECT -> lines.want(destination, true);
            case CLOSE -> {
                lines.want(destination, false);
                if (destination == Destination.RELAY) {
                    move(read, false);
                }
            }
            case CARRY -> carry(destination, read, at);
            case RETURN -> giveBack(destination, read);
            case PROBE, UNPROBE -> probe(destination, read, step.kind() == Kind.PROBE);
        }
    }

    private void carry(Destination destination, Device read, Moment at) throws IOException {
        Endpoint instead = lines.endpoint(destination);
        if (destination == Destination.RELAY) {
            if (relay != null) {
                write(read, relay.peer(), instead, hasNoKey(destination, at));
                move(read, true);
            }
            return;
        }
        Optional<Peer> peer = peers.registry(read);
        if (peer.isPresent() && peer.get().endpoint().isPresent()) {
            Replaced next =
                    new Replaced(peer.get().publicKey(), peer.get().endpoint().get(), instead);
            file.save(Optional.of(next));
            registry = next;
            write(read, next.peer(), instead, hasNoKey(destination, at));
        }
    }

    private void giveBack(Destination destination, Device read) throws IOException {
        Replaced replaced = destination == Destination.RELAY ? relay : registry;
        if (replaced == null) {
            return;
        }
        if (destination == Destination.RELAY) {
            move(read, false);
        }
        Optional<Peer> peer = read.peer(replaced.peer());
        if (peer.isPresent() && peer.get().endpoint().equals(Optional.of(replaced.instead()))) {
            write(read, replaced.peer(), replaced.own(), false);
        }
        if (destination == Destination.REGISTRY) {
            file.save(Optional.empty());
            registry = null;
        }
    }

    private void ask(Destination destination, Device read) throws WireGuardException {
        Replaced replaced = destination == Destination.RELAY ? relay : registry;
        if (replaced != null) {
            write(read, replaced.peer(), replaced.own(), false);
        }
    }

    private void probe(Destination destination, Device read, boolean byUdp) throws IOException {
        Replaced replaced = destination == Destination.RELAY ? relay : registry;
        if (replaced != null) {
            write(read, replaced.peer(), byUdp ? replaced.own() : replaced.instead(), false);
        }
    }

    /** Moves the peers that are reached by the relay to the endpoint that stands for it, or back. */
    private void move(Device read, boolean carried) throws WireGuardException {
        Replaced by = relay;
        if (by == null) {
            return;
        }
        Optional<Endpoint> from = Optional.of(carried ? by.own() : by.instead());
        DeviceChange.Builder change = DeviceChange.builder();
        boolean any = false;
        for (Peer peer : read.peers()) {
            if (peer.endpoint().equals(from) && !peer.publicKey().equals(by.peer()) && !peers.isKept(peer)) {
                change.peer(peer.publicKey()).updateOnly().endpoint(carried ? by.instead() : by.own());
                any = true;
            }
        }
        if (any) {
            source.apply(device, change.build());
        }
    }

    /**
     * Sets a peer's endpoint, and has WireGuard send something there at once.
     *
     * @param hasNoKey whether it has no key with which to send
     */
    private void write(Device read, PublicKey key, Endpoint endpoint, boolean hasNoKey) throws WireGuardException {
        Optional<Duration> interval = read.peer(key).flatMap(Peer::persistentKeepalive);
        source.apply(
                device,
                DeviceChange.builder()
                        .peer(key)
                        .updateOnly()
                        .endpoint(endpoint)
                        .persistentKeepalive(Duration.ZERO)
                        .build());
        DeviceChange.Builder change = DeviceChange.builder();
        if (hasNoKey && peers.mayRestart(source, device)) {
            // Otherwise WireGuard would wait for up to five seconds after its latest initiation.
            change.peer(key).restart();
        }
        change.peer(key).updateOnly().persistentKeepalive(interval.orElse(KEEPALIVE));
        if (interval.isEmpty()) {
            change.peer(key).updateOnly().persistentKeepalive(Duration.ZERO);
        }
        source.apply(device, change.build());
    }

    /** Returns whether WireGuard has to shake hands before it can send anything else. */
    private boolean hasNoKey(Destination destination, Moment at) {
        LineMemory line = memory.lines().get(destination);
        return line != null
                && line.session()
                        .age(at)
                        .filter(age -> age.compareTo(Session.LIFETIME) < 0)
                        .isEmpty();
    }

    /** Writes what another asks for. */
    public synchronized void apply(DeviceChange change) throws WireGuardException {
        Replaced before = registry;
        DeviceChange instead = Endpoints.of(change, this::instead);
        if (!Objects.equals(before, registry)) {
            try {
                file.save(Optional.ofNullable(registry));
            } catch (IOException e) {
                problems.add("the endpoint of the registry's peer cannot be noted: " + e.getMessage());
            }
        }
        source.apply(device, instead);
    }

    private Optional<Endpoint> instead(PeerChange change, Endpoint wanted) {
        Replaced hub = registry;
        if (hub != null
                && memory.isCarried(Destination.REGISTRY)
                && change.publicKey().equals(hub.peer())) {
            registry = new Replaced(hub.peer(), wanted, hub.instead());
            return Optional.of(hub.instead());
        }
        Replaced by = relay;
        return by != null && memory.isCarried(Destination.RELAY) && wanted.equals(by.own())
                ? Optional.of(by.instead())
                : Optional.empty();
    }

    private Device shown(Device read) {
        Replaced by = relay;
        Replaced hub = registry;
        return by == null && hub == null
                ? read
                : Endpoints.of(read, (peer, endpoint) -> {
                    if (by != null && endpoint.equals(by.instead())) {
                        return Optional.of(by.own());
                    }
                    return hub != null && endpoint.equals(hub.instead()) ? Optional.of(hub.own()) : Optional.empty();
                });
    }

    /** Gives the registry's peer back what one before this has replaced and not given back. */
    private void restore(Device read) throws WireGuardException {
        try {
            Optional<Replaced> left = file.load();
            if (left.isEmpty()) {
                return;
            }
            Replaced replaced = left.get();
            boolean still = read.peer(replaced.peer())
                    .flatMap(Peer::endpoint)
                    .filter(replaced.instead()::equals)
                    .isPresent();
            if (still) {
                source.apply(
                        device,
                        DeviceChange.builder()
                                .peer(replaced.peer())
                                .updateOnly()
                                .endpoint(replaced.own())
                                .build());
            }
            file.save(Optional.empty());
        } catch (WireGuardException e) {
            throw e;
        } catch (IOException e) {
            problems.add("what was carried before cannot be given back: " + e.getMessage());
        }
    }

    /** Gives all peers back the endpoints that they would have, and ends the connections; never fails. */
    @Override
    public synchronized void close() {
        try {
            if (memory.isAnyCarried() || memory.leaving() != null) {
                Device read = source.read(device);
                memory = CarriageMemory.none();
                giveBack(Destination.RELAY, read);
                giveBack(Destination.REGISTRY, read);
            }
        } catch (IOException e) {
            problems.add("what was carried over TLS cannot be given back: " + e.getMessage());
        } finally {
            lines.close();
            problems.drain(listener);
        }
    }
}
