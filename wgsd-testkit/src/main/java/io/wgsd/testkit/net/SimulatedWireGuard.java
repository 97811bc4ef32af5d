package io.wgsd.testkit.net;

import io.wgsd.model.Endpoint;
import io.wgsd.model.IpAddress;
import io.wgsd.model.IpPrefix;
import io.wgsd.model.Peer;
import io.wgsd.model.PublicKey;
import io.wgsd.testkit.memory.MemoryDevice;
import io.wgsd.testkit.net.wireguard.DeviceFollower;
import io.wgsd.testkit.net.wireguard.Underlay;
import io.wgsd.testkit.net.wireguard.WireGuardDevice;
import io.wgsd.testkit.net.wireguard.WireGuardPeer;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A WireGuard interface of a {@link SimulatedHost}, as the host's other programs see it: a way into the tunnel.
 *
 * <p>Its configuration is changed and read through the host's {@code PeerSource}; endpoints that roam, handshakes and
 * counters show there. Every interface answers pings, and refuses datagrams for ports without a socket.
 * Not thread-safe.
 */
public final class SimulatedWireGuard {

    /** Where every interface sends back what it gets (RFC 862). */
    private static final int ECHO_PORT = 7;

    /** Where nobody listens (RFC 863). */
    private static final int DISCARD_PORT = 9;

    private static final int FIRST_PING_PORT = 32_768;
    private static final int LAST_PORT = 65_535;
    private static final int FIRST_BOUND_PORT = 20_000;
    private static final int PING_LENGTH = 56;

    private final SimulatedHost host;
    private final MemoryDevice memory;
    private final WireGuardDevice device;
    private final DeviceFollower follower;
    private final Set<IpAddress> addresses = new LinkedHashSet<>();
    private final Map<Integer, TunnelHandler> sockets = new HashMap<>();
    private int nextPingPort = FIRST_PING_PORT;
    private boolean forwarding;
    private boolean refusing = true;

    SimulatedWireGuard(SimulatedHost host, MemoryDevice memory, Underlay underlay) {
        this.host = host;
        this.memory = memory;
        device = new WireGuardDevice(underlay, memory, this::receive);
        follower = new DeviceFollower(device, memory);
        sockets.put(ECHO_PORT, this::echo);
    }

    /**
     * Returns the device's name.
     *
     * @return as in {@code wg0}
     */
    public String name() {
        return memory.name();
    }

    /**
     * Returns the device in memory behind it.
     *
     * @return what a test uses to look at it without the host's {@code PeerSource}
     */
    public MemoryDevice device() {
        return memory;
    }

    /**
     * Gives the interface an address inside the tunnel.
     *
     * @param address an address that the other side's allowed IPs hold
     * @return this
     */
    public SimulatedWireGuard addAddress(IpAddress address) {
        addresses.add(Objects.requireNonNull(address, "address"));
        return this;
    }

    /**
     * Takes the interface up, as it is at first, or down, which ends all sessions.
     *
     * @param up whether it is up
     */
    public void setUp(boolean up) {
        device.setUp(up);
    }

    /**
     * Sets whether the host forwards packets that come out of the tunnel for another address back into the tunnel, as a
     * relay does; off at first.
     *
     * @param on whether it forwards
     */
    public void setForwarding(boolean on) {
        forwarding = on;
    }

    /**
     * Sets whether the host answers datagrams out of the tunnel for a port without a socket with an ICMP error, as
     * Linux does: six to one host at once, and then one a second. It is on at first. If it is off, the host is silent,
     * like one with a strict firewall.
     *
     * @param on whether it answers
     */
    public void setRefusing(boolean on) {
        refusing = on;
    }

    /**
     * Opens a socket inside the tunnel.
     *
     * @param port 1 to 65535; the socket that was there before is closed
     * @param handler what takes the datagrams
     */
    public void bind(int port, TunnelHandler handler) {
        sockets.put(port, Objects.requireNonNull(handler, "handler"));
    }

    /**
     * Closes a socket inside the tunnel.
     *
     * @param port the socket's port
     */
    public void unbind(int port) {
        sockets.remove(port);
    }

    /**
     * Sends a datagram into the tunnel, from the interface's first address of the destination's family.
     *
     * @param sourcePort 1 to 65535
     * @param destination a tunnel address and port
     * @param length how many bytes the payload would have, 0 to 65507
     * @param payload what it carries
     * @return what became of it
     * @throws IllegalStateException if the interface has no address of the family
     */
    public SendResult send(int sourcePort, Endpoint destination, int length, Object payload) {
        Endpoint source = Endpoint.of(sourceFor(destination.address()), sourcePort);
        return device.send(new TunnelDatagram(source, destination, length, payload));
    }

    /**
     * Sends a peer one small datagram that needs no answer, to the discard port of its first allowed IP, as programs do
     * to wake WireGuard up. A host that refuses datagrams answers with an error of 96 bytes as WireGuard counts them,
     * 144 by IPv6.
     *
     * @param peer the peer's key
     * @return what became of it
     * @throws IllegalArgumentException if there is no such peer, or it has no allowed IP
     */
    public SendResult sendData(PublicKey peer) {
        List<IpPrefix> allowed = memory.peer(peer).map(Peer::allowedIps).orElse(List.of());
        if (allowed.isEmpty()) {
            throw new IllegalArgumentException(device + " has no peer " + peer + " with an allowed IP");
        }
        IpAddress destination = allowed.get(0).network();
        return send(DISCARD_PORT, Endpoint.of(destination, DISCARD_PORT), 1, "wake up");
    }

    /**
     * Asks through the tunnel whether another interface is there.
     *
     * @param address the other's tunnel address
     * @return the question, which knows its answer once it is there
     */
    public Ping ping(IpAddress address) {
        int port = nextPingPort;
        nextPingPort = port == LAST_PORT ? FIRST_PING_PORT : port + 1;
        Ping ping = new Ping(
                send(port, Endpoint.of(address, ECHO_PORT), PING_LENGTH, "ping"),
                host.net().timeline().elapsed());
        sockets.put(port, answer -> {
            ping.answer(host.net().timeline().elapsed());
            sockets.remove(port);
        });
        return ping;
    }

    /**
     * Returns whether data for a peer would be sent at once.
     *
     * @param peer the peer's key
     * @return whether there is a session that is confirmed and younger than 180 s
     */
    public boolean hasSession(PublicKey peer) {
        return device.peer(peer).map(WireGuardPeer::hasSession).orElse(false);
    }

    /**
     * Returns whether data for a peer would be decrypted there if it were sent now: there are keys on both sides, the
     * packet would pass the NATs, and no link is cut. Nothing is sent, and loss by chance is left out.
     *
     * @param peer the peer's key
     * @return what the simulation knows and neither side can
     */
    public boolean reaches(PublicKey peer) {
        return device.peer(peer).map(WireGuardPeer::reaches).orElse(false);
    }

    @Override
    public String toString() {
        return device.toString();
    }

    /** Opens a socket at a port that no other one has, and returns the port. */
    int bind(TunnelHandler handler) {
        int port = FIRST_BOUND_PORT;
        while (sockets.containsKey(port)) {
            port++;
        }
        bind(port, handler);
        return port;
    }

    Optional<IpAddress> firstAddress() {
        return addresses.stream().findFirst();
    }

    Set<IpAddress> addresses() {
        return device.isUp() ? Set.copyOf(addresses) : Set.of();
    }

    /** Returns whether what goes to an address is routed into the tunnel. */
    boolean routes(IpAddress destination) {
        return device.isUp() && device.routes(destination);
    }

    WireGuardDevice protocol() {
        return device;
    }

    DeviceFollower follower() {
        return follower;
    }

    void remove() {
        device.remove();
    }

    private void receive(TunnelDatagram datagram) {
        if (!addresses.contains(datagram.destination().address())) {
            if (forwarding) {
                device.send(datagram);
            }
            return;
        }
        if (datagram.isError()) {
            // A socket would get an error, but no datagram.
            return;
        }
        @Nullable TunnelHandler handler = sockets.get(datagram.destination().port());
        if (handler != null) {
            handler.receive(datagram);
        } else if (refusing && host.mayRefuse(datagram.source().address())) {
            device.send(datagram.refused());
        }
    }

    private void echo(TunnelDatagram question) {
        device.send(question.answered("answer to " + question.payload()));
    }

    private IpAddress sourceFor(IpAddress destination) {
        return addresses.stream()
                .filter(address -> address.isIpv6() == destination.isIpv6())
                .findFirst()
                .orElseThrow(() ->
                        new IllegalStateException(device + " has no tunnel address of the family of " + destination));
    }
}
