package io.wgsd.benchmarks.relay;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.List;

/** As much of a TURN client as channels need (RFC 8656), without credentials. */
final class TurnClient {

    private static final int CHANNEL = 0x4000;

    private static final int ALLOCATE = 0x0003;
    private static final int CHANNEL_BIND = 0x0009;
    private static final int SUCCESS = 0x0100;
    private static final int COOKIE = 0x2112A442;
    private static final int CHANNEL_NUMBER = 0x000C;
    private static final int XOR_PEER_ADDRESS = 0x0012;
    private static final int REQUESTED_TRANSPORT = 0x0019;
    private static final int UDP = 17;
    private static final int TRANSACTION = 12;

    private final UdpSocket socket;
    private final byte[] transaction = new byte[TRANSACTION];
    private final SecureRandom random = new SecureRandom();

    TurnClient(UdpSocket socket) {
        this.socket = socket;
    }

    /** Has an allocation made, and binds a channel to each peer. */
    void bind(List<InetSocketAddress> peers) throws IOException {
        ask(
                ALLOCATE,
                ByteBuffer.allocate(8)
                        .putShort((short) REQUESTED_TRANSPORT)
                        .putShort((short) 4)
                        .put((byte) UDP));
        for (InetSocketAddress peer : peers) {
            int host = ByteBuffer.wrap(peer.getAddress().getAddress()).getInt();
            ask(
                    CHANNEL_BIND,
                    ByteBuffer.allocate(20)
                            .putShort((short) CHANNEL_NUMBER)
                            .putShort((short) 4)
                            .putShort((short) (CHANNEL + peers.indexOf(peer)))
                            .putShort((short) 0)
                            .putShort((short) XOR_PEER_ADDRESS)
                            .putShort((short) 8)
                            .putShort((short) 1)
                            .putShort((short) (peer.getPort() ^ (COOKIE >>> 16)))
                            .putInt(host ^ COOKIE));
        }
    }

    /** Returns a message of a channel (section 12.4). */
    static byte[] channelData(int channel, byte[] packet) {
        return ByteBuffer.allocate(4 + packet.length)
                .putShort((short) (CHANNEL + channel))
                .putShort((short) packet.length)
                .put(packet)
                .array();
    }

    private void ask(int method, ByteBuffer attributes) throws IOException {
        random.nextBytes(transaction);
        socket.send(ByteBuffer.allocate(20 + attributes.capacity())
                .putShort((short) method)
                .putShort((short) attributes.capacity())
                .putInt(COOKIE)
                .put(transaction)
                .put(attributes.array())
                .array());
        ByteBuffer answer = ByteBuffer.wrap(socket.await(0));
        if (answer.getShort(0) != (method | SUCCESS)) {
            throw new IOException(
                    "the TURN server refused " + method + " with " + Integer.toHexString(answer.getShort(0)));
        }
    }
}
