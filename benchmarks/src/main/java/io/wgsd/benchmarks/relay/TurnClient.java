package io.wgsd.benchmarks.relay;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.SecureRandom;

/** As much of a TURN client as one channel needs (RFC 8656), without credentials. */
final class TurnClient {

    static final int CHANNEL = 0x4000;

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

    /** Has an allocation made, and binds the channel to a peer. */
    void bind(InetSocketAddress peer) throws IOException {
        ask(
                ALLOCATE,
                ByteBuffer.allocate(8)
                        .putShort((short) REQUESTED_TRANSPORT)
                        .putShort((short) 4)
                        .put((byte) UDP));
        int host = ByteBuffer.wrap(peer.getAddress().getAddress()).getInt();
        ask(
                CHANNEL_BIND,
                ByteBuffer.allocate(20)
                        .putShort((short) CHANNEL_NUMBER)
                        .putShort((short) 4)
                        .putShort((short) CHANNEL)
                        .putShort((short) 0)
                        .putShort((short) XOR_PEER_ADDRESS)
                        .putShort((short) 8)
                        .putShort((short) 1)
                        .putShort((short) (peer.getPort() ^ (COOKIE >>> 16)))
                        .putInt(host ^ COOKIE));
    }

    /** Returns a message of the channel (section 12.4). */
    static byte[] channelData(byte[] packet) {
        return ByteBuffer.allocate(4 + packet.length)
                .putShort((short) CHANNEL)
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
