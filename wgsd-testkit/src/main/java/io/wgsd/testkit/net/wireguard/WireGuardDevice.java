package io.wgsd.testkit.net.wireguard;

import io.wgsd.model.CryptokeyRouting;
import io.wgsd.model.Endpoint;
import io.wgsd.model.IpAddress;
import io.wgsd.model.PublicKey;
import io.wgsd.testkit.memory.MemoryDevice;
import io.wgsd.testkit.net.Datagram;
import io.wgsd.testkit.net.NetEvent;
import io.wgsd.testkit.net.SendResult;
import io.wgsd.testkit.net.TunnelDatagram;
import io.wgsd.testkit.net.random.Randomness;
import io.wgsd.testkit.net.time.EventLoop;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * WireGuard's protocol for one device of a host: it acts on what the device in memory is told, and shows there what it
 * hears (drivers/net/wireguard/device.c and socket.c).
 */
public final class WireGuardDevice implements Hearer {

    private final Underlay host;
    private final MemoryDevice memory;
    private final Consumer<TunnelDatagram> inbox;
    private final Randomness random;
    private final TimerClock clock;
    private final IndexTable indices;
    private final Map<PublicKey, WireGuardPeer> peers = new TreeMap<>();
    private @Nullable PublicKey identity;
    private @Nullable CryptokeyRouting routing;
    private int port;
    private boolean up = true;

    public WireGuardDevice(Underlay host, MemoryDevice memory, Consumer<TunnelDatagram> inbox) {
        this.host = host;
        this.memory = memory;
        this.inbox = inbox;
        random = host.split();
        clock = host.timerClock(random.split());
        indices = new IndexTable(random.split());
        listen(memory.read().listenPort());
    }

    IndexTable indices() {
        return indices;
    }

    Randomness random() {
        return random;
    }

    TimerClock clock() {
        return clock;
    }

    EventLoop loop() {
        return host.loop();
    }

    long readClock() {
        return clock.read(host.loop().nanoTime());
    }

    Instant wallClock() {
        return host.wallClock();
    }

    public boolean isUp() {
        return up;
    }

    boolean hasIdentity() {
        return identity != null;
    }

    PublicKey identity() {
        if (identity == null) {
            throw new IllegalStateException(this + " has no private key");
        }
        return identity;
    }

    Map<PublicKey, WireGuardPeer> peers() {
        return peers;
    }

    public Optional<WireGuardPeer> peer(PublicKey key) {
        return Optional.ofNullable(peers.get(key));
    }

    /** As wg_open and wg_stop. */
    public void setUp(boolean value) {
        if (up == value) {
            return;
        }
        up = value;
        if (up) {
            listen(port);
            peers.values().forEach(WireGuardPeer::sendPersistentKeepalive);
        } else {
            host.unbind(port);
            peers.values().forEach(WireGuardPeer::stop);
        }
    }

    void listen(int listenPort) {
        if (up) {
            host.unbind(port);
            host.bind(listenPort, this::receive);
        }
        port = listenPort;
    }

    void identity(@Nullable PublicKey key) {
        identity = key;
        peers.values().forEach(WireGuardPeer::expireSessions);
    }

    void routingChanged() {
        routing = null;
    }

    public void remove() {
        setUp(false);
        peers.clear();
    }

    /** Sends a packet to the peer that it is routed to, as wg_xmit. */
    public SendResult send(TunnelDatagram packet) {
        if (!up) {
            return SendResult.DOWN;
        }
        WireGuardPeer peer = route(packet.destination().address());
        if (peer == null) {
            return SendResult.NO_PEER;
        }
        if (peer.endpoint() == null && host.refusesDataWithoutEndpoint()) {
            return SendResult.NO_ENDPOINT;
        }
        boolean hadSession = peer.hasSession();
        peer.send(new Plaintext(packet));
        return hadSession ? SendResult.SENT : SendResult.STAGED;
    }

    public boolean routes(IpAddress address) {
        return route(address) != null;
    }

    boolean routesTo(WireGuardPeer peer, IpAddress address) {
        return route(address) == peer;
    }

    /** Returns who would hear what is sent to an endpoint under an index now; null where nobody would. */
    @Nullable
    Hearer hearer(Endpoint endpoint, int index) {
        return up ? host.hearer(port, endpoint, index) : null;
    }

    public boolean listensOn(int listenPort) {
        return up && port == listenPort;
    }

    @Override
    public boolean opens(int index, long session) {
        return indices.get(index) instanceof Keypair own
                && own.session == session
                && own.canReceive
                && !own.isOlderThan(Protocol.REJECT_AFTER_TIME, readClock());
    }

    /** Returns whether the message left the host. */
    boolean transmit(WireGuardPeer peer, Message message) {
        Endpoint endpoint = peer.endpoint();
        if (endpoint == null || !host.send(port, endpoint, message)) {
            return false;
        }
        show(() -> memory.count(peer.publicKey(), 0, message.length()));
        return true;
    }

    void received(WireGuardPeer peer, int length) {
        show(() -> memory.count(peer.publicKey(), length, 0));
    }

    void deliver(TunnelDatagram packet) {
        inbox.accept(packet);
    }

    void roamed(WireGuardPeer peer, Endpoint from) {
        show(() -> memory.roam(peer.publicKey(), from));
        record(NetEvent.Kind.ROAMED, peer);
    }

    void handshakeCompleted(WireGuardPeer peer) {
        show(() -> memory.recordHandshake(peer.publicKey(), wallClock()));
        record(NetEvent.Kind.HANDSHAKE, peer);
    }

    void gaveUp(WireGuardPeer peer) {
        record(NetEvent.Kind.GAVE_UP, peer);
    }

    @Override
    public String toString() {
        return memory.name() + " of " + host.name();
    }

    private void receive(Datagram datagram) {
        if (datagram.payload() instanceof Message.Initiation initiation) {
            WireGuardPeer peer =
                    Objects.equals(initiation.responder(), identity) ? peers.get(initiation.initiator()) : null;
            if (peer != null) {
                peer.receive(initiation, datagram.source());
            }
        } else if (datagram.payload() instanceof Message.Response response
                && indices.get(response.receiver()) instanceof Handshake handshake) {
            handshake.peer().receive(response, datagram.source());
        } else if (datagram.payload() instanceof Message.Transport transport
                && indices.get(transport.receiver()) instanceof Keypair keypair) {
            keypair.peer.receive(transport, keypair, datagram.source());
        }
    }

    /** Shows something in the device, unless the peer is gone already, which this is about to hear. */
    private static void show(Runnable what) {
        try {
            what.run();
        } catch (IllegalArgumentException | IllegalStateException e) {
            // The same change adds and removes the peer, or another thread has just removed peer or device.
        }
    }

    private @Nullable WireGuardPeer route(IpAddress address) {
        CryptokeyRouting current = routing;
        if (current == null) {
            current = CryptokeyRouting.of(memory.read());
            routing = current;
        }
        return current.route(address).map(peers::get).orElse(null);
    }

    private void record(NetEvent.Kind kind, WireGuardPeer peer) {
        host.record(kind, peer.publicKey(), peer.endpoint());
    }
}
