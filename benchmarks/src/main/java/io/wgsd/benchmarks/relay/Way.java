package io.wgsd.benchmarks.relay;

import io.wgsd.model.PublicKey;
import io.wgsd.relay.noise.ReceivedInitiation;
import io.wgsd.relay.noise.SentInitiation;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A way for packets from the left host to the right one, by the host in the middle. */
enum Way {
    RELAY("the relay"),
    TURN("coturn, channel data"),
    KERNEL("DNAT and SNAT");

    static final InetSocketAddress MIDDLE_RELAY = new InetSocketAddress("10.9.1.254", 443);
    private static final InetSocketAddress MIDDLE_TURN = new InetSocketAddress("10.9.1.254", 3478);
    private static final InetSocketAddress MIDDLE_KERNEL = new InetSocketAddress("10.9.1.254", 7777);
    private static final InetSocketAddress LEFT = new InetSocketAddress("10.9.1.1", 0);
    private static final InetSocketAddress RIGHT = new InetSocketAddress("10.9.2.1", 51820);
    private static final int TIMEOUT_MILLIS = 2000;
    /** WireGuard's message of data: type, receiver, counter, and what is encrypted. */
    private static final int DATA = 4;

    private static final int LEAST = 32;

    final String title;

    Way(String title) {
        this.title = title;
    }

    /** What is open: a connected socket on the left, one on the right, and the receiver's index in WireGuard's data. */
    record Open(Way way, UdpSocket left, UdpSocket right, int index) implements AutoCloseable {

        /** Returns what the left host sends so that a packet of this length arrives on the right. */
        byte[] packet(int length) {
            byte[] data = ByteBuffer.allocate(Math.max(LEAST, length))
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(DATA)
                    .putInt(index)
                    .array();
            return way == TURN ? TurnClient.channelData(data) : data;
        }

        @Override
        public void close() {
            left.close();
            right.close();
        }
    }

    /** Opens the way anew. */
    Open open(NetNamespace left, NetNamespace right) throws IOException {
        UdpSocket one = left.call(() -> UdpSocket.open(LEFT, TIMEOUT_MILLIS));
        UdpSocket other = right.call(() -> UdpSocket.open(RIGHT, TIMEOUT_MILLIS));
        int index = 0;
        switch (this) {
            case RELAY -> index = shakeHands(one.connect(MIDDLE_RELAY), other.connect(MIDDLE_RELAY));
            case TURN -> new TurnClient(one.connect(MIDDLE_TURN)).bind(RIGHT);
            case KERNEL -> one.connect(MIDDLE_KERNEL);
        }
        return new Open(this, one, other, index);
    }

    /** Lets both attach to the relay and then shake hands with each other, and returns the right one's index. */
    private static int shakeHands(UdpSocket one, UdpSocket other) throws IOException {
        WireGuardPeer left = new WireGuardPeer(RelayHost.LEFT);
        WireGuardPeer right = new WireGuardPeer(RelayHost.RIGHT);
        PublicKey relay = new WireGuardPeer(RelayHost.RELAY).publicKey();
        left.attach(one, relay);
        right.attach(other, relay);
        SentInitiation sent = left.initiate(right.publicKey());
        one.send(sent.message());
        ReceivedInitiation.Answered answered = right.respond(other.await(WireGuardPeer.INITIATION));
        other.send(answered.message());
        sent.accept(one.await(WireGuardPeer.RESPONSE)).orElseThrow();
        return answered.keys().localIndex();
    }
}
