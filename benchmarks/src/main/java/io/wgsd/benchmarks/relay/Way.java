package io.wgsd.benchmarks.relay;

import io.wgsd.model.PublicKey;
import io.wgsd.relay.noise.ReceivedInitiation;
import io.wgsd.relay.noise.SentInitiation;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** A way for packets from the left host to the right one, by the host in the middle. */
enum Way {
    RELAY("the relay"),
    TURN("coturn, channel data"),
    KERNEL("DNAT and SNAT");

    static final InetSocketAddress MIDDLE_RELAY = new InetSocketAddress("10.9.1.254", 443);
    private static final InetSocketAddress MIDDLE_TURN = new InetSocketAddress("10.9.1.254", 3478);
    private static final InetSocketAddress MIDDLE_KERNEL = new InetSocketAddress("10.9.1.254", 7777);
    private static final InetSocketAddress LEFT = new InetSocketAddress("10.9.1.1", 0);
    private static final String RIGHT = "10.9.2.1";
    private static final int RIGHT_PORT = 51820;
    private static final int TIMEOUT_MILLIS = 2000;
    /** WireGuard's message of data: type, receiver, counter, and what is encrypted. */
    private static final int DATA = 4;

    private static final int LEAST = 32;

    final String title;

    Way(String title) {
        this.title = title;
    }

    /** What is open: a connected socket on the left, and on the right some with their indices in WireGuard's data. */
    record Open(Way way, UdpSocket left, List<UdpSocket> rights, List<Integer> indices) implements AutoCloseable {

        /** Returns what the left host sends so that a packet of this length arrives at one of the right sockets. */
        byte[] packet(int length, int right) {
            byte[] data = ByteBuffer.allocate(Math.max(LEAST, length))
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(DATA)
                    .putInt(indices.get(right))
                    .array();
            return way == TURN ? TurnClient.channelData(right, data) : data;
        }

        @Override
        public void close() {
            left.close();
            rights.forEach(UdpSocket::close);
        }
    }

    /** Opens the way anew, with so many sockets on the right. */
    Open open(NetNamespace left, NetNamespace right, int flows) throws IOException {
        UdpSocket one = left.call(() -> UdpSocket.open(LEFT, TIMEOUT_MILLIS));
        List<InetSocketAddress> addresses = IntStream.range(0, flows)
                .mapToObj(i -> new InetSocketAddress(RIGHT, RIGHT_PORT + i))
                .toList();
        List<UdpSocket> others = new ArrayList<>();
        for (InetSocketAddress address : addresses) {
            others.add(right.call(() -> UdpSocket.open(address, TIMEOUT_MILLIS)));
        }
        List<Integer> indices = Collections.nCopies(flows, 0);
        switch (this) {
            case RELAY -> indices = shakeHands(one.connect(MIDDLE_RELAY), others);
            case TURN -> new TurnClient(one.connect(MIDDLE_TURN)).bind(addresses);
            // Nothing in the kernel waits for other packets, so that it is all the same to it which flow these are of.
            case KERNEL -> one.connect(MIDDLE_KERNEL);
        }
        return new Open(this, one, others, indices);
    }

    /** Lets all attach to the relay, and the left one shake hands with each other; returns the others' indices. */
    private static List<Integer> shakeHands(UdpSocket one, List<UdpSocket> others) throws IOException {
        WireGuardPeer left = new WireGuardPeer(RelayHost.LEFT);
        PublicKey relay = new WireGuardPeer(RelayHost.RELAY).publicKey();
        left.attach(one, relay);
        List<Integer> indices = new ArrayList<>();
        for (UdpSocket other : others) {
            WireGuardPeer right = new WireGuardPeer(RelayHost.RIGHT + indices.size());
            right.attach(other.connect(MIDDLE_RELAY), relay);
            SentInitiation sent = left.initiate(right.publicKey());
            one.send(sent.message());
            ReceivedInitiation.Answered answered = right.respond(other.await(WireGuardPeer.INITIATION));
            other.send(answered.message());
            sent.accept(one.await(WireGuardPeer.RESPONSE)).orElseThrow();
            indices.add(answered.keys().localIndex());
        }
        return indices;
    }
}
