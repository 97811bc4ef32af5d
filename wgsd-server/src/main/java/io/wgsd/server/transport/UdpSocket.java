package io.wgsd.server.transport;

import io.wgsd.model.IpAddress;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers the datagrams of one socket. */
final class UdpSocket implements EventLoop.Ready {

    /** The greatest datagram that IP can carry, so that none is cut unnoticed. */
    static final int MAX_DATAGRAM = 65_535;

    private static final Logger LOG = LoggerFactory.getLogger(UdpSocket.class);
    /** After so many datagrams the loop's other sockets get their turn. */
    private static final int BATCH = 64;

    private final DatagramChannel channel;
    private final Arrival arrival;
    private final MessageHandler handler;
    private final ByteBuffer buffer;

    /**
     * Makes the server of a socket.
     *
     * @param channel the socket, non-blocking
     * @param arrival how messages arrive there
     * @param handler who answers
     * @param buffer of {@link #MAX_DATAGRAM} bytes, which all sockets of a loop may share
     */
    UdpSocket(DatagramChannel channel, Arrival arrival, MessageHandler handler, ByteBuffer buffer) {
        this.channel = channel;
        this.arrival = arrival;
        this.handler = handler;
        this.buffer = buffer;
    }

    @Override
    public void ready(SelectionKey key) throws IOException {
        for (int i = 0; i < BATCH; i++) {
            buffer.clear();
            InetSocketAddress source = (InetSocketAddress) channel.receive(buffer);
            if (source == null) {
                return;
            }
            byte[] message = new byte[buffer.flip().remaining()];
            buffer.get(message);
            byte[] response = handler.answer(
                    message, new Asker(IpAddress.of(source.getAddress()).unmapped(), arrival, Protocol.UDP));
            // Nobody can have sent from port 0 and wait for an answer.
            if (response != null && source.getPort() != 0) {
                send(response, source);
            }
        }
    }

    /** Sends or forgets: a full buffer or a firewall concerns this datagram, not the socket. */
    private void send(byte[] response, InetSocketAddress to) {
        try {
            channel.send(ByteBuffer.wrap(response), to);
        } catch (IOException e) {
            LOG.debug("cannot answer {}: {}", to, e.toString());
        }
    }
}
