package io.wgsd.internal.tls;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Packets in a stream, each behind its length in two bytes, as DNS has its messages over TCP (RFC 1035, 4.2.2). */
public final class Frames {

    /** No packet of WireGuard's is longer, with the largest MTU of Ethernet. */
    public static final int LONGEST = 9216;

    /** The shortest packet of WireGuard's: a keepalive. */
    static final int SHORTEST = 32;

    static final int HEADER = Short.BYTES;

    private Frames() {}

    /** Takes packets. */
    @FunctionalInterface
    public interface Sink {

        /**
         * Takes one packet.
         *
         * @param packet its bytes, from position to limit; belongs to the caller again when this returns
         * @throws IOException if the stream is to end
         */
        void take(ByteBuffer packet) throws IOException;
    }

    /** Returns whether a packet may be in a stream. */
    public static boolean fits(int length) {
        return length >= SHORTEST && length <= LONGEST;
    }

    /**
     * Hands on each packet that is whole, and leaves what is not.
     *
     * @param stream what has come, from position to limit
     * @throws IOException if a length is none that a packet may have, so that the rest of the stream means nothing
     */
    static void split(ByteBuffer stream, Sink sink) throws IOException {
        while (stream.remaining() >= HEADER) {
            int length = Short.toUnsignedInt(stream.getShort(stream.position()));
            if (!fits(length)) {
                throw new IOException("the stream holds no packets of WireGuard's: one had a length of " + length
                        + " bytes; " + SHORTEST + ".." + LONGEST + " are possible");
            }
            if (stream.remaining() < HEADER + length) {
                return;
            }
            int start = stream.position() + HEADER;
            sink.take(stream.slice(start, length));
            stream.position(start + length);
        }
    }

    /** Appends a packet to a stream that has room for it. */
    static void append(ByteBuffer stream, ByteBuffer packet) {
        stream.putShort((short) packet.remaining()).put(packet);
    }
}
