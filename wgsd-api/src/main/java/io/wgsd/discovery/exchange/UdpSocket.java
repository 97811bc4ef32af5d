package io.wgsd.discovery.exchange;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A socket on which many questions to one server are asked, each under a random id of its own (RFC 5452, section 9).
 *
 * <p>It is open while there are questions, so that each burst of them has another port.
 */
final class UdpSocket implements ReadySocket {

    static final int MAX_DATAGRAM = 65535;

    private static final int ID_LENGTH = 2;
    private static final int RECEIVE_BUFFER = 1 << 20;

    /** Learns what the socket receives. */
    interface Listener {

        void received(SentQuery sent, byte[] datagram);

        void unreachable(List<SentQuery> all, String why);
    }

    private final DatagramChannel channel;
    private final Random random;
    private final ByteBuffer buffer;
    private final Listener listener;
    private final Map<Integer, SentQuery> sentById = new HashMap<>();

    UdpSocket(ServerPath path, Selector selector, Random random, ByteBuffer buffer, Listener listener)
            throws IOException {
        this.random = random;
        this.listener = listener;
        this.buffer = buffer;
        channel = path.openUdp();
        channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER);
        channel.register(selector, SelectionKey.OP_READ, this);
    }

    /** Sends a question; one that the system has no room for is lost, as any datagram may be. */
    SentQuery send(PendingRequest owner, Step.Ask ask) throws IOException {
        int id = random.nextInt(Question.IDS);
        while (sentById.containsKey(id)) {
            id = random.nextInt(Question.IDS);
        }
        SentQuery sent = new SentQuery(owner, ask, this, id);
        sentById.put(id, sent);
        try {
            channel.write(ByteBuffer.wrap(sent.query()));
        } catch (IOException e) {
            forget(sent);
            throw e;
        }
        return sent;
    }

    void forget(SentQuery sent) {
        sentById.remove(sent.id());
    }

    boolean isIdle() {
        return sentById.isEmpty();
    }

    @Override
    public void ready() {
        try {
            buffer.clear();
            // An empty datagram ends the round as if there were none; the selector comes back for those after it.
            while (channel.isOpen() && channel.read(buffer) > 0) {
                byte[] datagram = new byte[buffer.flip().remaining()];
                buffer.get(datagram).clear();
                deliver(datagram);
            }
        } catch (IOException e) {
            listener.unreachable(new ArrayList<>(sentById.values()), SocketErrors.words(e));
        }
    }

    private void deliver(byte[] datagram) {
        if (datagram.length < ID_LENGTH) {
            return;
        }
        SentQuery sent = sentById.get(((datagram[0] & 0xff) << 8) | (datagram[1] & 0xff));
        if (sent != null) {
            listener.received(sent, datagram);
        }
    }

    void close() {
        SocketErrors.closeQuietly(channel);
    }
}
