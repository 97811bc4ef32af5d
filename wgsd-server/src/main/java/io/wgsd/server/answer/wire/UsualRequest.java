package io.wgsd.server.answer.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Type;

/**
 * A request of the kind that nearly all are: one question of class IN, and at most an OPT record without options.
 *
 * <p>One object is filled again and again, so that reading allocates nothing. Not thread-safe.
 */
public final class UsualRequest {

    /** A header, a question for the root. */
    private static final int SHORTEST = WireFormat.HEADER_LENGTH + 1 + WireFormat.QUESTION_FIXED;

    private static final int QR_AND_OPCODE = 0xf800;
    private static final long ONE_QUESTION = 1L << 48;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private byte[] message = new byte[0];
    private int nameEnd;
    private int type;
    private boolean edns;
    private boolean dnssecOk;
    private int limit;
    private int responseFlags;
    private int answerRecords;

    /**
     * Reads a message.
     *
     * @param bytes what holds it, and is kept until the next call
     * @param length how many bytes it has
     * @return whether it is such a request; if not, nothing else may be asked
     */
    public boolean read(byte[] bytes, int length) {
        message = bytes;
        if (length < SHORTEST || (MessageHeader.flags(bytes) & QR_AND_OPCODE) != 0) {
            return false;
        }
        long counts = (long) LONG.get(bytes, 4);
        if ((counts & ~1) != ONE_QUESTION || !readName(length)) {
            return false;
        }
        type = MessageHeader.u16(bytes, nameEnd);
        edns = (counts & 1) != 0;
        int end = nameEnd + WireFormat.QUESTION_FIXED;
        if (MessageHeader.u16(bytes, nameEnd + 2) != DClass.IN
                || length != (edns ? end + WireFormat.OPT_LENGTH : end)) {
            return false;
        }
        if (!edns) {
            dnssecOk = false;
            limit = WireFormat.MAX_PLAIN_UDP;
            return true;
        }
        // The root, the type, a payload size, an extended code that requests do not have, the version, flags, no data.
        int flags = MessageHeader.u16(bytes, end + 7);
        dnssecOk = (flags & WireFormat.DNSSEC_OK) != 0;
        limit = Math.min(
                WireFormat.MAX_UDP_RESPONSE, Math.max(WireFormat.MAX_PLAIN_UDP, MessageHeader.u16(bytes, end + 3)));
        return bytes[end] == 0
                && MessageHeader.u16(bytes, end + 1) == Type.OPT
                && bytes[end + 6] == WireFormat.EDNS_VERSION
                && MessageHeader.u16(bytes, end + 9) == 0;
    }

    private boolean readName(int length) {
        int last = Math.min(length - 1 - WireFormat.QUESTION_FIXED, WireFormat.HEADER_LENGTH + WireFormat.MAX_NAME - 1);
        int at = WireFormat.HEADER_LENGTH;
        while (at <= last) {
            int label = message[at];
            if (label == 0) {
                nameEnd = at + 1;
                return true;
            }
            if (label < 0 || label > WireFormat.MAX_LABEL) {
                return false;
            }
            at += 1 + label;
        }
        return false;
    }

    public byte[] message() {
        return message;
    }

    /** Returns where the name ends. */
    public int nameEnd() {
        return nameEnd;
    }

    public int nameLength() {
        return nameEnd - WireFormat.HEADER_LENGTH;
    }

    public int type() {
        return type;
    }

    public boolean dnssecOk() {
        return dnssecOk;
    }

    /** Returns whether an answer with EDNS is wanted. */
    public boolean edns() {
        return edns;
    }

    /** Returns whether the name ends so, in any letter case; not whether a label begins there. */
    public boolean endsWith(byte[] lower) {
        int at = nameEnd - lower.length;
        return at >= WireFormat.HEADER_LENGTH && LetterCase.equal(message, at, lower, 0, lower.length);
    }

    /** Returns the flags of the response that {@link #respond} wrote last. */
    public int responseFlags() {
        return responseFlags;
    }

    /** Returns how many records are in the answer section of the response that {@link #respond} wrote last. */
    public int answerRecords() {
        return answerRecords;
    }

    /**
     * Writes a response.
     *
     * @param flags those of the header besides what comes from the request
     * @param counts the records of the three sections, without the OPT record, 16 bits each
     * @param records what holds the records
     * @param from where they begin
     * @param length how many bytes they have
     * @param options the data of the OPT record, where there is one
     * @param response where to
     * @return its length; 0 where it would pass what the client takes
     */
    public int respond(int flags, long counts, byte[] records, int from, int length, byte[] options, byte[] response) {
        int questionEnd = nameEnd + WireFormat.QUESTION_FIXED;
        int end = questionEnd + length;
        int total = edns ? end + WireFormat.OPT_LENGTH + options.length : end;
        if (total > limit) {
            return 0;
        }
        System.arraycopy(message, 0, response, 0, questionEnd);
        int allFlags = MessageHeader.responseFlags(MessageHeader.flags(message)) | flags;
        responseFlags = allFlags;
        answerRecords = (int) (counts >>> 32);
        response[2] = (byte) (allFlags >> 8);
        response[3] = (byte) allFlags;
        LONG.set(response, 4, ONE_QUESTION | (edns ? counts + 1 : counts));
        System.arraycopy(records, from, response, questionEnd, length);
        if (edns) {
            response[end] = 0;
            response[end + 1] = 0;
            response[end + 2] = Type.OPT;
            response[end + 3] = (byte) (WireFormat.MAX_UDP_RESPONSE >> 8);
            response[end + 4] = (byte) WireFormat.MAX_UDP_RESPONSE;
            response[end + 5] = 0;
            response[end + 6] = WireFormat.EDNS_VERSION;
            response[end + 7] = dnssecOk ? (byte) (WireFormat.DNSSEC_OK >> 8) : 0;
            response[end + 8] = 0;
            response[end + 9] = (byte) (options.length >> 8);
            response[end + 10] = (byte) options.length;
            System.arraycopy(options, 0, response, end + WireFormat.OPT_LENGTH, options.length);
        }
        return total;
    }
}
