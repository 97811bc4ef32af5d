package io.wgsd.testkit.net;

import io.wgsd.discovery.Routes;
import io.wgsd.model.Endpoint;
import io.wgsd.model.IpAddress;
import io.wgsd.model.Moment;
import io.wgsd.model.PublicKey;
import io.wgsd.model.SecretKey;
import io.wgsd.model.TimeSource;
import io.wgsd.spi.PeerSource;
import io.wgsd.testkit.memory.MemoryDevice;
import io.wgsd.testkit.memory.MemoryEvent;
import io.wgsd.testkit.memory.MemoryWireGuard;
import io.wgsd.testkit.net.ip.Addresses;
import io.wgsd.testkit.net.ip.IcmpLimit;
import io.wgsd.testkit.net.random.Randomness;
import io.wgsd.testkit.net.wireguard.Hearer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A host with UDP sockets and WireGuard, on the internet or behind a NAT.
 *
 * <p>Its WireGuard is a {@link MemoryWireGuard} that really sends: programs under test use it through {@link
 * #source()}. The source may be read from any thread; changes from another thread than the timeline's take effect
 * before its next event. Everything else is not thread-safe.
 */
public final class SimulatedHost implements Node {

    private static final int MAX_PORT = 65_535;

    private final SimulatedNet net;
    private final String name;
    private final Randomness random;
    private final WireGuardImplementation implementation;
    private final MemoryWireGuard wireGuard;
    private final PeerSource source;
    private final Map<MemoryDevice, SimulatedWireGuard> interfaces = new HashMap<>();
    private final Map<Integer, DatagramHandler> sockets = new HashMap<>();
    private final IcmpLimit errors = new IcmpLimit();
    private AddressRealm realm;
    private Addresses addresses;
    private @Nullable SimulatedRelay relay;
    private final TimeSource clock;
    private Duration clockOffset = Duration.ZERO;

    private SimulatedHost(Builder builder) {
        net = builder.net;
        name = builder.name;
        random = net.split();
        implementation = builder.implementation;
        clock = this::clockNow;
        setClockOffset(builder.clockOffset);
        realm = realmBehind(builder.behind);
        addresses = Addresses.of(builder.addresses, name);
        realm.enter(this, addresses);
        wireGuard = MemoryWireGuard.builder(clock)
                .kind(implementation.kind())
                .publicKeys(builder.publicKeys)
                .build();
        wireGuard.addListener(this::changed);
        source = wireGuard.source();
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
     * Returns the host's clocks: the wall clock, right or wrong, and the timeline's monotonic one.
     *
     * @return the clock of handshake stamps and of everything else that runs on the host
     */
    public TimeSource clock() {
        return clock;
    }

    /**
     * Sets the wall clock; if it is set back, peers ignore the host's handshake initiations until it has caught up,
     * because they look like replays.
     *
     * @param offset by how much it is ahead of the timeline's
     */
    public void setClockOffset(Duration offset) {
        clockOffset = Objects.requireNonNull(offset, "offset");
    }

    private Moment clockNow() {
        Moment right = net.timeline().now();
        return new Moment(right.wall().plus(clockOffset), right.nanos());
    }

    /**
     * Returns the host's WireGuard as programs under test use it; its backend is called "memory".
     *
     * @return the same source each time; once it is closed, {@link #memory()} gives another
     */
    public PeerSource source() {
        return source;
    }

    /**
     * Returns the host's WireGuard in memory, to make and remove devices, and to inject faults.
     *
     * @return the same object each time
     */
    public MemoryWireGuard memory() {
        return wireGuard;
    }

    /**
     * Creates a WireGuard device, which is up, with an address inside the tunnel.
     *
     * @param device the interface's name
     * @param tunnelAddresses its addresses
     * @return the interface
     * @throws IllegalArgumentException if the name is none that an interface can have, or is taken
     */
    public SimulatedWireGuard createWireGuard(String device, IpAddress... tunnelAddresses) {
        wireGuard.create(device);
        SimulatedWireGuard created = wireGuard(device);
        for (IpAddress address : tunnelAddresses) {
            created.addAddress(address);
        }
        return created;
    }

    /**
     * Returns a WireGuard interface.
     *
     * @param device its name
     * @return the interface
     * @throws IllegalArgumentException if there is none of that name
     */
    public SimulatedWireGuard wireGuard(String device) {
        return wireGuard
                .device(device)
                .map(interfaces::get)
                .orElseThrow(() -> new IllegalArgumentException(name + " has no device \"" + device + "\""));
    }

    /**
     * Opens a UDP socket on all of the host's addresses.
     *
     * @param port 1 to 65535
     * @param handler what takes the datagrams
     * @throws IllegalArgumentException if the port is out of range
     * @throws IllegalStateException if the port is in use
     */
    public void bind(int port, DatagramHandler handler) {
        if (port < 1 || port > MAX_PORT) {
            throw new IllegalArgumentException("port must be 1.." + MAX_PORT + ", was " + port);
        }
        if (sockets.putIfAbsent(port, Objects.requireNonNull(handler, "handler")) != null) {
            throw new IllegalStateException("UDP port " + port + " of " + name + " is in use");
        }
    }

    /**
     * Closes a UDP socket; nothing happens if there is none.
     *
     * @param port its port
     */
    public void unbind(int port) {
        sockets.remove(port);
    }

    /**
     * Sends a UDP datagram.
     *
     * @param port where answers go to, 1 to 65535; the socket need not be open
     * @param destination where it goes
     * @param length how many bytes the payload would have, 0 to 65507
     * @param payload what it carries
     * @return whether it left the host: false where that has no address of the destination's family
     */
    public boolean send(int port, Endpoint destination, int length, Object payload) {
        @Nullable IpAddress from = addresses.family(destination.address().isIpv6());
        if (from == null) {
            return false;
        }
        Datagram datagram = new Datagram(Endpoint.of(from, port), destination, length, payload);
        net.trace().record(NetEvent.Kind.SENT, this, datagram);
        realm.forward(this, datagram);
        return true;
    }

    /**
     * Moves the host to another network.
     *
     * @param behind the NAT that it is behind from now on; null for none
     * @param newAddresses its addresses there, at most one of each family
     * @throws IllegalArgumentException if another node has one of them
     */
    public void move(@Nullable SimulatedNat behind, IpAddress... newAddresses) {
        Addresses next = Addresses.of(List.of(newAddresses), name);
        realm.leave(addresses);
        realm = realmBehind(behind);
        addresses = next;
        realm.enter(this, addresses);
    }

    @Override
    public String toString() {
        return name;
    }

    /**
     * Returns the host's addresses and routes: what the allowed IPs of a device hold goes into its tunnel while it is
     * up, and everything else to the network that the host is in.
     *
     * @return the routes as they are at each call
     */
    public Routes routes() {
        return new HostRoutes(this);
    }

    Addresses addresses() {
        return addresses;
    }

    Collection<SimulatedWireGuard> interfaces() {
        return interfaces.values();
    }

    SimulatedNet net() {
        return net;
    }

    WireGuardImplementation implementation() {
        return implementation;
    }

    Randomness split() {
        return random.split();
    }

    /** Returns who would hear data under an index now, except for random loss; null if nobody would. */
    @Nullable
    Hearer hearer(int port, Endpoint destination, int index) {
        @Nullable IpAddress from = addresses.family(destination.address().isIpv6());
        AddressRealm.Delivery delivery =
                from == null ? null : realm.delivery(this, Endpoint.of(from, port), destination);
        return delivery == null ? null : delivery.hearer(index);
    }

    /** Notes the relay that runs here. */
    void relay(SimulatedRelay running) {
        if (relay != null) {
            throw new IllegalStateException(name + " has a relay already");
        }
        relay = running;
    }

    @Nullable
    SimulatedRelay relay() {
        return relay;
    }

    /** Returns whether one more ICMP error may go to a destination, and counts it. */
    boolean mayRefuse(IpAddress destination) {
        return errors.allows(destination, net.timeline().nanos());
    }

    void arrive(Datagram datagram) {
        DatagramHandler handler = sockets.get(datagram.destination().port());
        if (handler == null) {
            net.trace().record(NetEvent.Kind.UNHEARD, this, datagram);
            return;
        }
        net.trace().record(NetEvent.Kind.RECEIVED, this, datagram);
        handler.receive(datagram);
    }

    private AddressRealm realmBehind(@Nullable SimulatedNat nat) {
        return nat == null ? net.internet() : nat.inside();
    }

    private void changed(MemoryDevice device, List<MemoryEvent> events) {
        // The lock of the WireGuard in memory is held: waiting for the timeline here could be a deadlock.
        net.timeline().loop().betweenEvents(() -> follow(device, events));
    }

    private void follow(MemoryDevice device, List<MemoryEvent> events) {
        for (MemoryEvent event : events) {
            if (event instanceof MemoryEvent.DeviceCreated) {
                interfaces.put(device, new SimulatedWireGuard(this, device, new HostUnderlay(this)));
            } else if (event instanceof MemoryEvent.DeviceRemoved) {
                SimulatedWireGuard removed = interfaces.remove(device);
                if (removed != null) {
                    removed.remove();
                }
            }
        }
        SimulatedWireGuard existing = interfaces.get(device);
        if (existing != null) {
            existing.follower().follow(events);
        }
    }

    /** Collects a host's properties; not thread-safe. */
    public static final class Builder {

        private final SimulatedNet net;
        private final String name;
        private final List<IpAddress> addresses = new ArrayList<>();
        private WireGuardImplementation implementation = WireGuardImplementation.wireguardGo();
        private Duration clockOffset = Duration.ZERO;
        private Function<? super SecretKey, PublicKey> publicKeys = SecretKey::publicKey;
        private @Nullable SimulatedNat behind;

        Builder(SimulatedNet net, String name) {
            this.net = net;
            this.name = name;
        }

        /**
         * Gives it an address.
         *
         * @param address an address; at most one of each family
         * @return this
         */
        public Builder address(IpAddress address) {
            addresses.add(Objects.requireNonNull(address, "address"));
            return this;
        }

        /**
         * Puts it behind a NAT; without one it is on the internet.
         *
         * @param nat the NAT
         * @return this
         */
        public Builder behind(SimulatedNat nat) {
            behind = Objects.requireNonNull(nat, "nat");
            return this;
        }

        /**
         * Sets which WireGuard it runs, wireguard-go by default.
         *
         * @param value the implementation
         * @return this
         */
        public Builder implementation(WireGuardImplementation value) {
            implementation = Objects.requireNonNull(value, "implementation");
            return this;
        }

        /**
         * Sets how wrong its wall clock is.
         *
         * @param offset by how much it is ahead of the timeline's, zero by default
         * @return this
         */
        public Builder clockOffset(Duration offset) {
            clockOffset = Objects.requireNonNull(offset, "offset");
            return this;
        }

        /**
         * Sets how public keys are derived from private ones, which otherwise takes longer than a short simulation as a
         * whole.
         *
         * @param value {@link SecretKey#publicKey()} by default; it must not keep the key that it is given
         * @return this
         */
        public Builder publicKeys(Function<? super SecretKey, PublicKey> value) {
            publicKeys = Objects.requireNonNull(value, "publicKeys");
            return this;
        }

        /**
         * Adds the host to its net.
         *
         * @return the host
         * @throws IllegalArgumentException if one of its addresses is taken
         */
        public SimulatedHost attach() {
            return net.add(new SimulatedHost(this));
        }
    }
}
