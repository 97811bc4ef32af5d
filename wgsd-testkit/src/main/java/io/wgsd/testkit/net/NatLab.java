package io.wgsd.testkit.net;

import io.wgsd.model.Endpoint;
import io.wgsd.model.IpAddress;
import io.wgsd.model.Peer;
import io.wgsd.model.PeerStatistics;
import io.wgsd.model.PublicKey;
import io.wgsd.testkit.net.lab.LabKeys;
import io.wgsd.testkit.net.lab.LabNodes;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Two peers behind NATs and a public registry that both keep a tunnel with, simulated: the same addresses, ports and
 * keys as {@code lab/nat-lab} has with real WireGuard.
 *
 * <pre>
 *                    registry 192.0.2.1      relays 192.0.2.129 ...
 *                           |                           |
 *           +----------- internet -----------+----------+
 *           |                                |
 *   alice-nat 203.0.113.1          bob-nat 198.51.100.1
 *           |                                |
 *     alice 198.18.1.1                bob 198.18.2.1
 * </pre>
 *
 * <p>Each of the three has a device {@link #DEVICE} on port 51820. Alice and Bob have each other's key, but no endpoint
 * other than the registry's. Not thread-safe, except as {@link SimulatedHost} says.
 */
public final class NatLab {

    /** The name of each host's device. */
    public static final String DEVICE = "wg0";

    /** Alice's public key. */
    public static final PublicKey ALICE = PublicKey.parse("xScVkH3fUGUv4RrJFfmcqm8rs3SEHr41km6+yffAHw4=");

    /** Bob's public key. */
    public static final PublicKey BOB = PublicKey.parse("syKB97XhGnvC+kynh2KqQJPXoOoOpx/HmpMRTc+r4js=");

    /** The registry's public key. */
    public static final PublicKey REGISTRY = PublicKey.parse("JeZlz14G8tg1Bqh6apteFCwVhNhpexJ19FDPfuxQtUY=");

    /** Alice's address inside the tunnel. */
    public static final IpAddress ALICE_TUNNEL = IpAddress.parse("10.0.0.1");

    /** Bob's address inside the tunnel. */
    public static final IpAddress BOB_TUNNEL = IpAddress.parse("10.0.0.2");

    /** The registry's address inside the tunnel. */
    public static final IpAddress REGISTRY_TUNNEL = IpAddress.parse("10.0.0.254");

    private static final Duration REGISTRY_KEEPALIVE = Duration.ofSeconds(5);
    private static final Duration UP_LIMIT = Duration.ofMinutes(2);

    private final SimulatedNet net;
    private final SimulatedNat aliceNat;
    private final SimulatedNat bobNat;
    private final SimulatedHost alice;
    private final SimulatedHost bob;
    private final SimulatedHost registry;
    private final Map<String, SimulatedRelay> relays = new LinkedHashMap<>();

    private NatLab(Builder builder) {
        net = SimulatedNet.create(builder.timeline, builder.seed).conditions(builder.conditions);
        LabNodes nodes = new LabNodes(net, builder.implementation, builder.mappingTimeout);
        aliceNat = nodes.aliceNat(builder.aliceNat, builder.aliceCarrier);
        bobNat = nodes.bobNat(builder.bobNat, builder.bobCarrier);
        registry = nodes.host(net.host("registry"), "192.0.2.1", "2001:db8::1");
        alice = nodes.host(net.host("alice").behind(aliceNat), "198.18.1.1", "2001:db8:a1::1");
        bob = nodes.host(net.host("bob").behind(bobNat), "198.18.2.1", "2001:db8:b1::1");
        builder.relays.forEach(name -> relays.put(name, nodes.relay(name, relays.size())));
        registry.createWireGuard(DEVICE, REGISTRY_TUNNEL);
        alice.createWireGuard(DEVICE, ALICE_TUNNEL);
        bob.createWireGuard(DEVICE, BOB_TUNNEL);
        Endpoint registryEndpoint = Endpoint.of(registry.address(builder.ipv6), LabNodes.PORT);
        LabNodes.configure(
                registry, LabKeys.REGISTRY, LabNodes.peer(ALICE, ALICE_TUNNEL), LabNodes.peer(BOB, BOB_TUNNEL));
        Peer.Builder toRegistry = LabNodes.peer(REGISTRY, REGISTRY_TUNNEL)
                .endpoint(registryEndpoint)
                .persistentKeepalive(REGISTRY_KEEPALIVE);
        Peer.Builder toBob = LabNodes.peer(BOB, BOB_TUNNEL).persistentKeepalive(builder.keepalive);
        LabNodes.configure(alice, LabKeys.ALICE, toRegistry, toBob);
        Peer.Builder toAlice = LabNodes.peer(ALICE, ALICE_TUNNEL).persistentKeepalive(builder.keepalive);
        Runnable bobStarts = () -> LabNodes.configure(bob, LabKeys.BOB, toRegistry, toAlice);
        if (builder.bobStartsAfter.isZero()) {
            bobStarts.run();
        } else {
            timeline().schedule(builder.bobStartsAfter, bobStarts);
        }
    }

    /**
     * Begins a lab as {@code nat-lab up} makes it without options.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return the net that contains all of them} */
    public SimulatedNet net() {
        return net;
    }

    /** {@return the time that the net runs in} */
    public Timeline timeline() {
        return net.timeline();
    }

    /** {@return Alice's host, 198.18.1.1} */
    public SimulatedHost alice() {
        return alice;
    }

    /** {@return Bob's host, 198.18.2.1} */
    public SimulatedHost bob() {
        return bob;
    }

    /** {@return the registry's host, 192.0.2.1} */
    public SimulatedHost registry() {
        return registry;
    }

    /** {@return the NAT that Alice is behind} */
    public SimulatedNat aliceNat() {
        return aliceNat;
    }

    /** {@return the NAT that Bob is behind} */
    public SimulatedNat bobNat() {
        return bobNat;
    }

    /**
     * Returns one of the relays.
     *
     * @param name the name that the builder was given
     * @return the relay, at port 443; Alice and Bob are its members
     * @throws IllegalArgumentException if there is none of that name
     */
    public SimulatedRelay relay(String name) {
        return Optional.ofNullable(relays.get(name))
                .orElseThrow(() -> new IllegalArgumentException("the lab has no relay \"" + name + "\""));
    }

    /**
     * Lets datagrams between Alice's side and Bob's through, or not; those to and from registry and relays always get
     * through. What is on its way still arrives.
     *
     * @param fromAlice whether those get through that Alice's side sends, as they do at first
     * @param fromBob whether those get through that Bob's side sends
     */
    public void setPath(boolean fromAlice, boolean fromBob) {
        Node ofAlice = net.node("alice-carrier").orElse(aliceNat);
        Node ofBob = net.node("bob-carrier").orElse(bobNat);
        net.heal(ofAlice, ofBob);
        if (!fromAlice) {
            net.silence(ofAlice, ofBob);
        }
        if (!fromBob) {
            net.silence(ofBob, ofAlice);
        }
    }

    /**
     * Returns the endpoint at which the registry hears a peer, which is what it would advertise.
     *
     * @param peer Alice's key or Bob's
     * @return the endpoint; empty before the first handshake
     */
    public Optional<Endpoint> advertised(PublicKey peer) {
        return registry.wireGuard(DEVICE).device().peer(peer).flatMap(Peer::endpoint);
    }

    /**
     * Returns whether Alice and Bob have a session under which both can send.
     *
     * @return whether each could send to the other at once
     */
    public boolean isConnected() {
        return alice.wireGuard(DEVICE).hasSession(BOB) && bob.wireGuard(DEVICE).hasSession(ALICE);
    }

    private boolean isUp() {
        return registry.wireGuard(DEVICE).device().read().peers().stream()
                .map(Peer::statistics)
                .map(PeerStatistics::latestHandshake)
                .allMatch(Optional::isPresent);
    }

    /** Collects how a lab differs from the plain one; not thread-safe. */
    public static final class Builder {

        private Timeline timeline = Timeline.create();
        private long seed = 1;
        private NatBehaviour aliceNat = NatKind.PORT_RESTRICTED_CONE;
        private NatBehaviour bobNat = NatKind.PORT_RESTRICTED_CONE;
        private @Nullable NatBehaviour aliceCarrier;
        private @Nullable NatBehaviour bobCarrier;
        private Duration mappingTimeout = Duration.ofSeconds(30);
        private LinkConditions conditions = LinkConditions.ideal();
        private WireGuardImplementation implementation = WireGuardImplementation.wireguardGo();
        private Duration keepalive = Duration.ofSeconds(5);
        private Duration bobStartsAfter = Duration.ZERO;
        private final Set<String> relays = new LinkedHashSet<>();
        private boolean ipv6;

        private Builder() {}

        /**
         * Sets the time that the lab runs in.
         *
         * @param value a timeline; a new one by default
         * @return this
         */
        public Builder timeline(Timeline value) {
            timeline = Objects.requireNonNull(value, "timeline");
            return this;
        }

        /**
         * Sets the seed of all randomness.
         *
         * @param value any number, 1 by default
         * @return this
         */
        public Builder seed(long value) {
            seed = value;
            return this;
        }

        /**
         * Sets how both NATs map and filter.
         *
         * @param behaviour {@link NatKind#PORT_RESTRICTED_CONE} by default
         * @return this
         */
        public Builder nat(NatBehaviour behaviour) {
            return aliceNat(behaviour).bobNat(behaviour);
        }

        /**
         * Sets how Alice's NAT maps and filters.
         *
         * @param behaviour {@link NatKind#PORT_RESTRICTED_CONE} by default
         * @return this
         */
        public Builder aliceNat(NatBehaviour behaviour) {
            aliceNat = Objects.requireNonNull(behaviour, "behaviour");
            return this;
        }

        /**
         * Sets how Bob's NAT maps and filters.
         *
         * @param behaviour {@link NatKind#PORT_RESTRICTED_CONE} by default
         * @return this
         */
        public Builder bobNat(NatBehaviour behaviour) {
            bobNat = Objects.requireNonNull(behaviour, "behaviour");
            return this;
        }

        /**
         * Puts Alice's NAT behind another one, {@code alice-carrier}, which has its public address.
         *
         * @param behaviour how the other one maps and filters
         * @return this
         */
        public Builder aliceCarrier(NatBehaviour behaviour) {
            aliceCarrier = Objects.requireNonNull(behaviour, "behaviour");
            return this;
        }

        /**
         * Puts Bob's NAT behind another one, {@code bob-carrier}, which has its public address.
         *
         * @param behaviour how the other one maps and filters
         * @return this
         */
        public Builder bobCarrier(NatBehaviour behaviour) {
            bobCarrier = Objects.requireNonNull(behaviour, "behaviour");
            return this;
        }

        /**
         * Sets after how long without traffic the NATs forget a mapping.
         *
         * @param timeout more than zero, 30 seconds by default
         * @return this
         */
        public Builder mappingTimeout(Duration timeout) {
            mappingTimeout = Objects.requireNonNull(timeout, "timeout");
            return this;
        }

        /**
         * Sets what happens to datagrams between any two of registry, Alice's NAT and Bob's.
         *
         * @param value {@link LinkConditions#ideal()} by default
         * @return this
         */
        public Builder conditions(LinkConditions value) {
            conditions = Objects.requireNonNull(value, "conditions");
            return this;
        }

        /**
         * Sets which WireGuard all of them run.
         *
         * @param value wireguard-go by default
         * @return this
         */
        public Builder implementation(WireGuardImplementation value) {
            implementation = Objects.requireNonNull(value, "implementation");
            return this;
        }

        /**
         * Sets the persistent keepalive that Alice and Bob have for each other from the start.
         *
         * @param interval 0 (off) to 65535 whole seconds, 5 by default
         * @return this
         */
        public Builder keepalive(Duration interval) {
            keepalive = Objects.requireNonNull(interval, "interval");
            return this;
        }

        /**
         * Lets Bob's device come up later than the others. Peers that start together keep step, and their handshakes
         * collide more often than those of peers that start at random times.
         *
         * @param delay zero by default
         * @return this
         */
        public Builder bobStartsAfter(Duration delay) {
            bobStartsAfter = Objects.requireNonNull(delay, "delay");
            return this;
        }

        /**
         * Adds a relay on a public host of its own: the first at 192.0.2.129, the next at 192.0.2.130. Neither Alice
         * nor Bob has it as a peer.
         *
         * @param name what relay and host are called; none by default
         * @return this
         */
        public Builder relay(String name) {
            relays.add(Objects.requireNonNull(name, "name"));
            return this;
        }

        /**
         * Sets whether Alice and Bob reach the registry over IPv6.
         *
         * @param ipv6 false by default, for IPv4
         * @return this
         */
        public Builder ipv6(boolean ipv6) {
            this.ipv6 = ipv6;
            return this;
        }

        /**
         * Makes the lab without letting time pass: no host has heard of another yet.
         *
         * @return the lab
         */
        public NatLab build() {
            return new NatLab(this);
        }

        /**
         * Makes the lab and lets time pass until the registry has completed a handshake with both.
         *
         * @return the lab
         * @throws IllegalStateException if that takes longer than two minutes of virtual time, as it may with much loss
         */
        public NatLab up() {
            NatLab lab = build();
            if (!lab.timeline().runUntil(lab::isUp, UP_LIMIT)) {
                throw new IllegalStateException("no handshake with the registry in " + UP_LIMIT.toSeconds()
                        + " s; are the conditions that bad?");
            }
            return lab;
        }
    }
}
