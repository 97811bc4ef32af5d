package io.wgsd.server.transport.udp;

import io.wgsd.model.IpAddress;
import io.wgsd.server.answer.wire.WireFormat;
import io.wgsd.server.transport.Arrival;
import io.wgsd.server.transport.MessageHandler;
import io.wgsd.server.transport.Protocol;
import io.wgsd.server.transport.QuerySource;
import io.wgsd.server.transport.QuickHandler;
import io.wgsd.server.transport.SocketAddresses;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers the datagrams of one socket: the usual ones quickly, the others as well. For one thread. */
public final class DatagramAnswerer {

    private static final Logger LOG = LoggerFactory.getLogger(DatagramAnswerer.class);

    private final MessageHandler handler;
    private final QuickHandler quick;
    private final Arrival arrival;
    private final byte[] response = new byte[WireFormat.MAX_UDP_RESPONSE];

    public DatagramAnswerer(MessageHandler handler, Arrival arrival) {
        this.handler = handler;
        this.arrival = arrival;
        quick = handler.quick(arrival);
    }

    /** Says what is to be answered next, as {@link QuickHandler#expect} has it. */
    void expect(byte[][] heads, int count) {
        quick.expect(heads, count);
    }

    /**
     * Answers a datagram.
     *
     * @param message what holds it
     * @param length how many bytes it has
     * @param high the upper half of its source address, an IPv4 address as an IPv4-mapped one
     * @param low the lower half
     * @return how many bytes {@link #response} has; 0 for silence
     */
    int answer(byte[] message, int length, long high, long low) {
        try {
            int answered = quick.answer(message, length, high, low, response);
            return answered > 0
                    ? answered
                    : answerSlowly(Arrays.copyOf(message, length), SocketAddresses.ip(high, low));
        } catch (RuntimeException e) {
            // The others of its batch have a right to their answers.
            LOG.error("answering a datagram of {} bytes failed", length, e);
            return 0;
        }
    }

    private int answerSlowly(byte[] message, IpAddress source) {
        byte[] made = handler.answer(message, new QuerySource(source, arrival, Protocol.UDP));
        if (made == null) {
            return 0;
        }
        System.arraycopy(made, 0, response, 0, made.length);
        return made.length;
    }

    /** Returns what holds the last response. */
    byte[] response() {
        return response;
    }
}
