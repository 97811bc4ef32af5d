package io.wgsd.testkit.net;

import io.wgsd.testkit.net.random.Randomness;
import io.wgsd.testkit.net.time.Event;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An internet in virtual time: hosts, NATs, and links between them that delay, lose and duplicate.
 *
 * <p>Each host and NAT with a public address is one link away from every other. Links within a NAT's inside are ideal,
 * unless they are given other conditions. All randomness follows from one seed. Not thread-safe: everything happens on
 * the thread that runs the {@link Timeline}.
 */
public final class SimulatedNet {

    private final Timeline timeline;
    private final Randomness random;
    private final Trace trace;
    private final AddressRealm internet = new AddressRealm(this, null);
    private final Map<String, Node> nodes = new HashMap<>();
    private final Map<Route, LinkConditions> links = new HashMap<>();
    private final Set<Route> partitions = new HashSet<>();
    private LinkConditions internetConditions = LinkConditions.ideal();

    private SimulatedNet(Timeline timeline, long seed) {
        this.timeline = Objects.requireNonNull(timeline, "timeline");
        random = new Randomness(seed);
        trace = new Trace(timeline);
    }

    /**
     * Returns a net without any node.
     *
     * @param timeline the time that it runs in
     * @param seed the seed of all randomness
     * @return a new net
     */
    public static SimulatedNet create(Timeline timeline, long seed) {
        return new SimulatedNet(timeline, seed);
    }

    /**
     * Begins a host.
     *
     * @param name what it is called, as no other node of this net
     * @return a builder
     */
    public SimulatedHost.Builder host(String name) {
        return new SimulatedHost.Builder(this, checkName(name));
    }

    /**
     * Begins a NAT.
     *
     * @param name what it is called, as no other node of this net
     * @param behaviour how it maps and filters: a {@link NatKind} is one
     * @return a builder
     */
    public SimulatedNat.Builder nat(String name, NatBehaviour behaviour) {
        return new SimulatedNat.Builder(this, checkName(name), behaviour);
    }

    /**
     * Returns a node by its name.
     *
     * @param name a name
     * @return the host or NAT; empty where there is none
     */
    public Optional<Node> node(String name) {
        return Optional.ofNullable(nodes.get(name));
    }

    /**
     * Returns the time that it runs in.
     *
     * @return the timeline
     */
    public Timeline timeline() {
        return timeline;
    }

    /**
     * Returns what has happened.
     *
     * @return the history
     */
    public Trace trace() {
        return trace;
    }

    /**
     * Sets the conditions of all links of the internet that have no conditions of their own; ideal at first.
     *
     * @param conditions what happens to datagrams from now on
     * @return this
     */
    public SimulatedNet conditions(LinkConditions conditions) {
        internetConditions = Objects.requireNonNull(conditions, "conditions");
        return this;
    }

    /**
     * Sets the conditions from one node to another, in this direction only.
     *
     * @param from a node
     * @param to a node with an address in the same realm: both on the internet, or both behind the same NAT
     * @param conditions what happens to datagrams from now on
     * @return this
     */
    public SimulatedNet conditions(Node from, Node to, LinkConditions conditions) {
        links.put(new Route(from, to), Objects.requireNonNull(conditions, "conditions"));
        return this;
    }

    /**
     * Cuts the link between two nodes in both directions; what is on its way still arrives.
     *
     * @param one a node
     * @param other a node with an address in the same realm
     */
    public void partition(Node one, Node other) {
        partitions.add(new Route(one, other));
        partitions.add(new Route(other, one));
    }

    /**
     * Cuts the link from one node to another in this direction only; what is on its way still arrives.
     *
     * @param from a node
     * @param to a node with an address in the same realm
     */
    public void silence(Node from, Node to) {
        partitions.add(new Route(from, to));
    }

    /**
     * Ends a {@link #partition} or {@link #silence} of two nodes, in both directions.
     *
     * @param one a node
     * @param other the other node
     */
    public void heal(Node one, Node other) {
        partitions.remove(new Route(one, other));
        partitions.remove(new Route(other, one));
    }

    AddressRealm internet() {
        return internet;
    }

    Randomness split() {
        return random.split();
    }

    <N extends Node> N add(N node) {
        nodes.put(node.name(), node);
        return node;
    }

    /** Carries a datagram to a node of the same realm, or loses it. */
    void carry(AddressRealm realm, Node from, Node to, Datagram datagram) {
        Route route = links.isEmpty() && partitions.isEmpty() ? null : new Route(from, to);
        if (route != null && partitions.contains(route)) {
            trace.record(NetEvent.Kind.PARTITIONED, from, datagram);
            return;
        }
        LinkConditions conditions = conditions(realm, route);
        if (random.chance(conditions.loss())) {
            trace.record(NetEvent.Kind.LOST, from, datagram);
            return;
        }
        if (realm.isGateway(from) && conditions.isIdeal()) {
            // This is within an arrival already, so that no sender is called back.
            arrive(realm, to, datagram);
            return;
        }
        timeline.loop().queueAt(new Arrival(realm, to, datagram), timeline.nanos() + conditions.nextDelayNanos(random));
        if (random.chance(conditions.duplication())) {
            trace.record(NetEvent.Kind.DUPLICATED, from, datagram);
            timeline.loop()
                    .queueAt(new Arrival(realm, to, datagram), timeline.nanos() + conditions.nextDelayNanos(random));
        }
    }

    /** Returns whether a link lets anything through. */
    boolean lets(AddressRealm realm, Node from, Node to) {
        Route route = new Route(from, to);
        return !partitions.contains(route) && conditions(realm, route).loss() < 1;
    }

    private LinkConditions conditions(AddressRealm realm, @Nullable Route route) {
        LinkConditions own = route == null ? null : links.get(route);
        if (own != null) {
            return own;
        }
        return realm.isInternet() ? internetConditions : LinkConditions.ideal();
    }

    private void arrive(AddressRealm realm, Node to, Datagram datagram) {
        if (realm.at(datagram.destination().address()) != to) {
            trace.record(NetEvent.Kind.UNROUTABLE, to, datagram);
        } else if (to instanceof SimulatedNat nat) {
            nat.arrive(datagram);
        } else if (to instanceof SimulatedHost host) {
            host.arrive(datagram);
        }
    }

    private String checkName(String name) {
        if (name.isBlank() || nodes.containsKey(name)) {
            throw new IllegalArgumentException("a node needs a name that no other has, was \"" + name + "\"");
        }
        return name;
    }

    private record Route(Node from, Node to) {}

    /** The arrival of a datagram at the end of a link. */
    private final class Arrival extends Event {

        private final AddressRealm realm;
        private final Node to;
        private final Datagram datagram;

        Arrival(AddressRealm realm, Node to, Datagram datagram) {
            this.realm = realm;
            this.to = to;
            this.datagram = datagram;
        }

        @Override
        protected void happen() {
            arrive(realm, to, datagram);
        }
    }
}
