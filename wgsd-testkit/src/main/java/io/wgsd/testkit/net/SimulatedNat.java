package io.wgsd.testkit.net;

import io.wgsd.model.Endpoint;
import io.wgsd.model.IpAddress;
import io.wgsd.testkit.net.ip.Addresses;
import io.wgsd.testkit.net.nat.NatRules;
import io.wgsd.testkit.net.nat.NatTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A network address and port translator with hosts, or other NATs, behind it.
 *
 * <p>IPv4 and IPv6 are translated alike, each to the public address of its family. Unsolicited datagrams are dropped,
 * not refused. Not thread-safe.
 */
public final class SimulatedNat implements Node {

    private final SimulatedNet net;
    private final String name;
    private final NatBehaviour behaviour;
    private final boolean hairpinning;
    private final NatTable table;
    private final AddressRealm outside;
    private final AddressRealm inside;
    private Addresses addresses;

    private SimulatedNat(Builder builder) {
        net = builder.net;
        name = builder.name;
        behaviour = builder.behaviour;
        hairpinning = builder.hairpinning || behaviour.hairpin();
        Duration life = behaviour.mappingLife().orElse(builder.mappingTimeout);
        table = new NatTable(behaviour, life.toNanos(), net.split(), builder.ports);
        outside = builder.behind == null ? net.internet() : builder.behind.inside;
        inside = new AddressRealm(net, this);
        addresses = Addresses.of(builder.addresses, name);
        outside.enter(this, addresses);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public IpAddress address(boolean ipv6) {
        return addresses.required(ipv6, name);
    }

    /**
     * Returns how it maps and filters.
     *
     * @return its behaviour
     */
    public NatBehaviour behaviour() {
        return behaviour;
    }

    /** Forgets all mappings, as after a restart: flows that continue get other, random public ports. */
    public void remap() {
        table.remap();
    }

    /**
     * Gives it other public addresses and forgets all mappings, as some providers do every night.
     *
     * @param publicAddresses at most one of each family
     * @throws IllegalArgumentException if another node has one of them
     */
    public void move(IpAddress... publicAddresses) {
        Addresses next = Addresses.of(List.of(publicAddresses), name);
        outside.leave(addresses);
        addresses = next;
        outside.enter(this, addresses);
        remap();
    }

    @Override
    public String toString() {
        return name + " (" + behaviour + ")";
    }

    boolean isRouter() {
        return behaviour.mapping() == NatBehaviour.Mapping.NONE;
    }

    AddressRealm outside() {
        return outside;
    }

    AddressRealm inside() {
        return inside;
    }

    /** Takes a datagram from inside to outside. */
    void leave(Datagram datagram) {
        IpAddress publicAddress =
                addresses.family(datagram.destination().address().isIpv6());
        if (publicAddress == null) {
            net.trace().record(NetEvent.Kind.UNROUTABLE, this, datagram);
            return;
        }
        Endpoint source = table.outbound(
                datagram.source(),
                datagram.destination(),
                publicAddress,
                net.timeline().nanos());
        if (!hairpinning && datagram.destination().address().equals(publicAddress)) {
            net.trace().record(NetEvent.Kind.FILTERED, this, datagram);
            return;
        }
        outside.forward(this, datagram.from(source));
    }

    /** Takes a datagram from outside to inside, if its filter allows that. */
    void arrive(Datagram datagram) {
        Endpoint destination = table.inbound(
                datagram.destination(), datagram.source(), net.timeline().nanos());
        if (destination == null) {
            net.trace().record(NetEvent.Kind.FILTERED, this, datagram);
            return;
        }
        if (inside.at(destination.address()) == null) {
            net.trace().record(NetEvent.Kind.UNROUTABLE, this, datagram);
            return;
        }
        inside.forward(this, datagram.to(destination));
    }

    AddressRealm.@Nullable Delivery deliveryOutside(Endpoint source, Endpoint destination) {
        IpAddress publicAddress = addresses.family(destination.address().isIpv6());
        if (publicAddress == null || (!hairpinning && destination.address().equals(publicAddress))) {
            return null;
        }
        long now = net.timeline().nanos();
        Endpoint translated = table.previewOutbound(source, destination, publicAddress, now);
        return outside.delivery(this, translated, destination);
    }

    AddressRealm.@Nullable Delivery deliveryInside(Endpoint source, Endpoint destination) {
        Endpoint translated =
                table.previewInbound(destination, source, net.timeline().nanos());
        return translated == null ? null : inside.delivery(this, source, translated);
    }

    /** Collects a NAT's properties; not thread-safe. */
    public static final class Builder {

        private static final int MAX_PORT = 65_535;

        private final SimulatedNet net;
        private final String name;
        private final NatBehaviour behaviour;
        private final List<IpAddress> addresses = new ArrayList<>();
        private final Map<Integer, Integer> ports = new HashMap<>();
        private Duration mappingTimeout = Duration.ofSeconds(30);
        private boolean hairpinning;
        private @Nullable SimulatedNat behind;

        Builder(SimulatedNet net, String name, NatBehaviour behaviour) {
            this.net = net;
            this.name = name;
            this.behaviour = Objects.requireNonNull(behaviour, "behaviour");
        }

        /**
         * Gives it a public address.
         *
         * @param publicAddress an address; at most one of each family
         * @return this
         */
        public Builder address(IpAddress publicAddress) {
            addresses.add(Objects.requireNonNull(publicAddress, "publicAddress"));
            return this;
        }

        /**
         * Puts it behind another NAT, as a household's is behind a provider's.
         *
         * @param nat the outer NAT
         * @return this
         */
        public Builder behind(SimulatedNat nat) {
            behind = Objects.requireNonNull(nat, "nat");
            return this;
        }

        /**
         * Sets after how long without traffic in either direction a mapping is forgotten, 30 seconds by default, unless
         * its behaviour says it.
         *
         * @param timeout more than zero
         * @return this
         */
        public Builder mappingTimeout(Duration timeout) {
            mappingTimeout = NatRules.checkLife(timeout);
            return this;
        }

        /**
         * Chooses the public port for what comes from one inside port; a cone keeps the inside port where that is free.
         *
         * @param insidePort 1 to 65535
         * @param publicPort 1 to 65535
         * @return this
         */
        public Builder port(int insidePort, int publicPort) {
            ports.put(checkPort(insidePort), checkPort(publicPort));
            return this;
        }

        /**
         * Sets whether hosts behind it reach each other by its public address (RFC 4787, section 6), unless its behaviour
         * says so already.
         *
         * @param hairpinning false by default
         * @return this
         */
        public Builder hairpinning(boolean hairpinning) {
            this.hairpinning = hairpinning;
            return this;
        }

        /**
         * Adds the NAT to its net.
         *
         * @return the NAT
         * @throws IllegalArgumentException if its name or one of its addresses is taken
         */
        public SimulatedNat attach() {
            return net.add(new SimulatedNat(this));
        }

        private static int checkPort(int port) {
            if (port < 1 || port > MAX_PORT) {
                throw new IllegalArgumentException("port must be 1.." + MAX_PORT + ", was " + port);
            }
            return port;
        }
    }
}
