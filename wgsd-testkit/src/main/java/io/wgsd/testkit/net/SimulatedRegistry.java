package io.wgsd.testkit.net;

import io.wgsd.discovery.DiscoveryAgent;
import io.wgsd.discovery.DiscoveryAgentBuilder;
import io.wgsd.discovery.PeerLookup;
import io.wgsd.dnssd.Advertisement;
import io.wgsd.dnssd.NatMapping;
import io.wgsd.dnssd.RelayAdvertisement;
import io.wgsd.model.Endpoint;
import io.wgsd.model.IpAddress;
import io.wgsd.model.Peer;
import io.wgsd.model.PublicKey;
import io.wgsd.spi.PeerSource;
import io.wgsd.testkit.net.registry.RegistryMessage;
import io.wgsd.testkit.net.registry.SimulatedLookup;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * A registry on a simulated host, and agents that ask it: it advertises where the host's WireGuard hears its peers,
 * which it reads as often as the real one does.
 *
 * <p>{@link #agent} prepares a real {@link DiscoveryAgent} for a simulated host. Its steps are events of the net's
 * {@link Timeline}, so that time passes for it as that runs. Registry and agents speak no DNS: what they send through
 * the tunnel are values, which may be lost like any datagram. Not thread-safe.
 */
public final class SimulatedRegistry {

    private static final int PORT = 53;
    private static final Duration READING = Duration.ofMillis(50);
    private static final Duration REPEAT = Duration.ofMillis(300);
    private static final int MOST_REPEATS = 50;

    private final Timeline timeline;
    private final SimulatedWireGuard wireGuard;
    private final Endpoint endpoint;
    private final Map<PublicKey, Endpoint> heard = new HashMap<>();
    private final Map<PublicKey, Endpoint> replaced = new HashMap<>();
    private final Map<PublicKey, NatMapping> natMappings = new HashMap<>();
    private final Map<PublicKey, Advertisement> pushed = new HashMap<>();
    private final Map<Endpoint, Set<PublicKey>> subscribers = new LinkedHashMap<>();
    private final Set<Integer> unacknowledged = new HashSet<>();
    private Supplier<Map<RelayAdvertisement, Set<PublicKey>>> relays = Map::of;
    private boolean answering = true;
    private boolean pushing;
    private int lastPush;

    private SimulatedRegistry(SimulatedHost host, SimulatedWireGuard wireGuard, IpAddress address) {
        timeline = host.net().timeline();
        this.wireGuard = wireGuard;
        endpoint = Endpoint.of(address, PORT);
        wireGuard.bind(PORT, this::receive);
        timeline.scheduleAtFixedRate(Duration.ZERO, READING, this::read);
    }

    /**
     * Starts a registry.
     *
     * @param host the host that it runs on
     * @param device the host's device, whose peers it advertises, and through which alone it is asked
     * @return the registry, at port 53 of the device's first tunnel address
     * @throws IllegalArgumentException if the host has no such device, or that has no tunnel address
     */
    public static SimulatedRegistry start(SimulatedHost host, String device) {
        SimulatedWireGuard wireGuard = host.wireGuard(device);
        IpAddress address = wireGuard
                .firstAddress()
                .orElseThrow(() -> new IllegalArgumentException(wireGuard + " has no tunnel address"));
        return new SimulatedRegistry(host, wireGuard, address);
    }

    /**
     * Sets whether it pushes changes to agents, as the real registry does, and other DNS servers do not.
     *
     * @param pushing false at first
     * @return this
     */
    public SimulatedRegistry pushing(boolean pushing) {
        this.pushing = pushing;
        return this;
    }

    /**
     * Lets it announce relays, as {@code RegistryBuilder.relays} does for the real one: they are on its list, the peers
     * that each of them hears have it in their {@link Advertisement#relays()}, and no peer is advertised at a relay's
     * own endpoint.
     *
     * @param heard which relays there are, and which peers each hears now; it is asked whenever the registry reads its
     *     device or answers
     * @return this
     */
    public SimulatedRegistry relays(Supplier<Map<RelayAdvertisement, Set<PublicKey>>> heard) {
        relays = Objects.requireNonNull(heard, "heard");
        return this;
    }

    /**
     * Lets it announce simulated relays; a relay that is down is still on the list, and hears nobody.
     *
     * @param announced the relays, instead of those before
     * @return this
     */
    public SimulatedRegistry announce(SimulatedRelay... announced) {
        List<SimulatedRelay> all = List.of(announced);
        return relays(() -> all.stream()
                .collect(Collectors.toMap(
                        SimulatedRelay::advertisement,
                        relay -> Set.copyOf(relay.attached().keySet()))));
    }

    /**
     * Lets it say how a peer's NAT maps.
     *
     * @param peer the peer's key
     * @param mapping what {@link Advertisement#natMapping()} is from now on
     */
    public void setNatMapping(PublicKey peer, NatMapping mapping) {
        natMappings.put(Objects.requireNonNull(peer, "peer"), Objects.requireNonNull(mapping, "mapping"));
    }

    /**
     * Sets whether it answers, as it does at first.
     *
     * @param on false to make it silent
     */
    public void setAnswering(boolean on) {
        answering = on;
    }

    /**
     * Lets it advertise another endpoint than the one at which it hears a peer, as a registry does whose knowledge is
     * old.
     *
     * @param peer the peer's key
     * @param wrong what it advertises until {@link #advertiseWhatIsHeard}
     */
    public void advertise(PublicKey peer, Endpoint wrong) {
        replaced.put(Objects.requireNonNull(peer, "peer"), Objects.requireNonNull(wrong, "wrong"));
    }

    /** Ends all that {@link #advertise} began. */
    public void advertiseWhatIsHeard() {
        replaced.clear();
    }

    /**
     * Returns what it advertises.
     *
     * @param peer the peer's key
     * @return the endpoint; empty where it has not heard the peer yet, or hears it through a relay
     */
    public Optional<Endpoint> advertised(PublicKey peer) {
        return Optional.ofNullable(replaced.getOrDefault(peer, heard.get(peer)))
                .filter(at -> relays.get().keySet().stream()
                        .noneMatch(relay -> relay.endpoints().contains(at)));
    }

    /**
     * Returns a way to ask it from another host, through the tunnel.
     *
     * @param host the host that asks
     * @param device the host's device, which has the registry's host as a peer
     * @return a lookup whose {@code lookupAsync} ends in virtual time; its blocking methods are not supported
     * @throws IllegalArgumentException if the host has no such device
     */
    public PeerLookup lookup(SimulatedHost host, String device) {
        SimulatedWireGuard asking = host.wireGuard(device);
        return new SimulatedLookup(
                timeline,
                endpoint,
                receiver -> asking.bind(receiver::accept),
                (port, length, message) -> asking.send(port, endpoint, length, message));
    }

    /**
     * Prepares an agent on another host, which asks this registry in virtual time.
     *
     * @param host the host that it runs on
     * @param device the host's device, which has the registry's host as a peer
     * @return a builder that has all it needs of the simulation: routes, clocks, chance, executor and datagrams; what
     *     else it is given overrides that
     * @throws IllegalArgumentException if the host has no such device
     */
    public DiscoveryAgentBuilder agent(SimulatedHost host, String device) {
        return agent(host, device, host.source());
    }

    /**
     * Prepares an agent like {@link #agent(SimulatedHost, String)} that uses the device in a way of the caller's own.
     *
     * @param host the host that it runs on
     * @param device the host's device, which has the registry's host as a peer
     * @param source a way to the host's WireGuard, as one that counts writes
     * @return a builder
     * @throws IllegalArgumentException if the host has no such device
     */
    public DiscoveryAgentBuilder agent(SimulatedHost host, String device, PeerSource source) {
        return DiscoveryAgent.builder(source, device)
                .registry(lookup(host, device))
                .routes(host.routes())
                .trigger((read, peers) -> trigger(host.wireGuard(device), peers))
                .clock(host.clock())
                .random(new SplittableRandom(host.split().next()))
                .executor(timeline.executor());
    }

    @Override
    public String toString() {
        return "registry at " + endpoint;
    }

    private static void trigger(SimulatedWireGuard wireGuard, Collection<PublicKey> peers) {
        for (PublicKey key : peers) {
            if (wireGuard.device().peer(key).stream()
                    .anyMatch(peer -> !peer.allowedIps().isEmpty())) {
                wireGuard.sendData(key);
            }
        }
    }

    private void read() {
        for (Peer peer : wireGuard.device().read().peers()) {
            peer.endpoint().ifPresent(at -> heard.put(peer.publicKey(), at));
        }
        if (!answering) {
            return;
        }
        for (PublicKey key : heard.keySet()) {
            Advertisement now = advertisement(key).orElse(null);
            Advertisement before = now == null ? pushed.remove(key) : pushed.put(key, now);
            if (!Objects.equals(now, before)) {
                subscribers.forEach((subscriber, keys) -> push(subscriber, keys, key));
            }
        }
    }

    private void push(Endpoint subscriber, Set<PublicKey> keys, PublicKey key) {
        if (keys.contains(key)) {
            RegistryMessage.Push push = new RegistryMessage.Push(++lastPush, key, advertisement(key));
            unacknowledged.add(push.id());
            push(subscriber, push, 0);
        }
    }

    private void push(Endpoint subscriber, RegistryMessage.Push push, int repeats) {
        if (unacknowledged.contains(push.id()) && answering && repeats < MOST_REPEATS) {
            wireGuard.send(PORT, subscriber, 200, push);
            timeline.schedule(REPEAT, () -> push(subscriber, push, repeats + 1));
        }
    }

    private void receive(TunnelDatagram datagram) {
        Endpoint from = datagram.source();
        if (datagram.payload() instanceof RegistryMessage.Received received) {
            unacknowledged.remove(received.id());
        } else if (!answering) {
            return;
        } else if (datagram.payload() instanceof RegistryMessage.Query query) {
            wireGuard.send(PORT, from, 200, new RegistryMessage.Response(query.id(), advertisement(query.key())));
        } else if (datagram.payload() instanceof RegistryMessage.RelayQuery query) {
            wireGuard.send(PORT, from, 300, new RegistryMessage.RelayList(query.id(), announced()));
        } else if (datagram.payload() instanceof RegistryMessage.Subscribe subscribe && pushing) {
            subscribers.put(from, subscribe.keys());
            wireGuard.send(PORT, from, 20, new RegistryMessage.Subscribed());
            if (subscribe.first()) {
                heard.keySet().forEach(key -> push(from, subscribe.keys(), key));
            }
        }
    }

    private Optional<Advertisement> advertisement(PublicKey key) {
        return advertised(key).map(at -> {
            Advertisement.Builder builder = Advertisement.builder(key).endpoint(at);
            NatMapping mapping = natMappings.get(key);
            if (mapping != null) {
                builder.natMapping(mapping);
            }
            return builder.relays(hearing(key)).build();
        });
    }

    private List<PublicKey> hearing(PublicKey peer) {
        return relays.get().entrySet().stream()
                .filter(relay -> relay.getValue().contains(peer))
                .map(relay -> relay.getKey().publicKey())
                .toList();
    }

    private List<RelayAdvertisement> announced() {
        return relays.get().keySet().stream()
                .sorted(Comparator.comparing(RelayAdvertisement::publicKey))
                .toList();
    }
}
