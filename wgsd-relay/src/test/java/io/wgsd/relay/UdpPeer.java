package io.wgsd.relay;

import io.wgsd.relay.noise.TestPeer;
import io.wgsd.relay.wire.Messages;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.function.Predicate;

/** A peer with a socket of its own, on the loopback interface. */
final class UdpPeer implements AutoCloseable {

    private static final int LIMIT_MILLIS = 20_000;

    final TestPeer wireGuard;
    private final DatagramSocket socket;
    private final Relay relay;
    private final int relaysAddress;

    UdpPeer(TestPeer wireGuard, Relay relay) throws IOException {
        this(wireGuard, relay, "127.0.0.1", 0);
    }

    /** A peer at one of this host's own addresses, which sends to one of the relay's. */
    UdpPeer(TestPeer wireGuard, Relay relay, String at, int relaysAddress) throws IOException {
        this(wireGuard, relay, new DatagramSocket(0, InetAddress.getByName(at)), relaysAddress);
        socket.setSoTimeout(LIMIT_MILLIS);
    }

    private UdpPeer(TestPeer wireGuard, Relay relay, DatagramSocket socket, int relaysAddress) {
        this.wireGuard = wireGuard;
        this.relay = relay;
        this.socket = socket;
        this.relaysAddress = relaysAddress;
    }

    /** Returns the same WireGuard with its keys for another peer, behind the same socket. */
    UdpPeer towards(TestPeer same, Relay next) {
        return new UdpPeer(same, next, socket, relaysAddress);
    }

    int port() {
        return socket.getLocalPort();
    }

    void send(byte[] message) throws IOException {
        InetSocketAddress to = relay.localAddresses().get(relaysAddress);
        socket.send(new DatagramPacket(message, message.length, to));
    }

    byte[] await(int type) throws IOException {
        return await(message -> Messages.type(message) == type);
    }

    byte[] await(Predicate<byte[]> condition) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
        while (true) {
            try {
                socket.receive(packet);
            } catch (SocketTimeoutException e) {
                throw new AssertionError("nothing came: " + relay.stats(), e);
            }
            byte[] message = Arrays.copyOf(packet.getData(), packet.getLength());
            if (condition.test(message)) {
                return message;
            }
        }
    }

    /** Shakes hands with the relay, up to its answer to the first keepalive. */
    void attach() throws IOException {
        send(wireGuard.initiation(relay.publicKey()));
        send(wireGuard.finish(await(Messages.RESPONSE)));
        await(wireGuard::accepts);
    }

    @Override
    public void close() {
        socket.close();
    }
}
