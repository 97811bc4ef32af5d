package io.wgsd.server.transport.udp;

import io.wgsd.server.answer.wire.WireFormat;
import io.wgsd.server.transport.EventLoop;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers the datagrams of one socket, one by one, by the Java runtime's own means. */
final class UdpSocket implements EventLoop.Ready {

    /** The greatest datagram that IP can carry, so that none is cut unnoticed. */
    static final int LONGEST_DATAGRAM = 65_535;

    private static final Logger LOG = LoggerFactory.getLogger(UdpSocket.class);
    private static final long MAPPED = 0xffff_0000_0000L;
    private static final long IPV4_MASK = 0xffff_ffffL;
    /** After so many datagrams the loop's other sockets get their turn. */
    private static final int BATCH = 1024;

    private final DatagramChannel channel;
    private final DatagramAnswerer answering;
    private final Buffers buffers;

    /** What all sockets of a loop may share. */
    static final class Buffers {
        private final ByteBuffer in = ByteBuffer.allocateDirect(LONGEST_DATAGRAM);
        private final ByteBuffer out = ByteBuffer.allocateDirect(WireFormat.MAX_UDP_RESPONSE);
        private final byte[] message = new byte[LONGEST_DATAGRAM];
    }

    /**
     * Makes the server of a socket.
     *
     * @param channel the socket, non-blocking
     * @param answering who answers
     * @param buffers those of the loop
     */
    UdpSocket(DatagramChannel channel, DatagramAnswerer answering, Buffers buffers) {
        this.channel = channel;
        this.answering = answering;
        this.buffers = buffers;
    }

    @Override
    @SuppressWarnings("ThreadPriorityCheck") // nothing depends on what a yield does but speed
    public void ready(SelectionKey key) throws IOException {
        boolean waited = true;
        for (int i = 0; i < BATCH; i++) {
            ByteBuffer in = buffers.in.clear();
            InetSocketAddress source = (InetSocketAddress) channel.receive(in);
            if (source == null) {
                if (waited) {
                    return;
                }
                // A client that asks much may ask more while this thread is awake: to wake it up costs both more than
                // an answer.
                Thread.yield();
                waited = true;
                continue;
            }
            waited = false;
            int length = in.position();
            in.get(0, buffers.message, 0, length);
            ByteBuffer address = ByteBuffer.wrap(source.getAddress().getAddress());
            int answered = source.getAddress() instanceof Inet6Address
                    ? answering.answer(buffers.message, length, address.getLong(), address.getLong())
                    : answering.answer(buffers.message, length, 0, mapped(address.getInt()));
            // Nobody can have sent from port 0 and wait for an answer.
            if (answered > 0 && source.getPort() != 0) {
                send(answering.response(), answered, source);
            }
        }
    }

    /** Returns the lower half of an IPv4-mapped address. */
    static long mapped(int ipv4) {
        return MAPPED | (ipv4 & IPV4_MASK);
    }

    /** Sends or forgets: a full buffer or a firewall concerns this datagram, not the socket. */
    private void send(byte[] response, int length, InetSocketAddress to) {
        try {
            channel.send(buffers.out.clear().put(response, 0, length).flip(), to);
        } catch (IOException e) {
            LOG.debug("cannot answer {}: {}", to, e.toString());
        }
    }
}
