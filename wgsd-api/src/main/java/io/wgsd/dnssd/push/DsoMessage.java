package io.wgsd.dnssd.push;

import io.wgsd.model.FormatException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A DSO message (RFC 8490, section 5.4): a DNS header with opcode 6 and without records, and then TLVs, of which the
 * first says what the message is about.
 *
 * <p>Immutable and thread-safe.
 *
 * @param id what pairs a request with its response; 0 for a message that has no response
 * @param response whether it is a response
 * @param rcode a response's code, 0 to 15
 * @param tlvs the TLVs, the primary one first; a response may have none
 */
public record DsoMessage(int id, boolean response, int rcode, List<DsoTlv> tlvs) {

    /** The opcode of all DSO messages (RFC 8490, section 10.1). */
    public static final int OPCODE = 6;

    /** The response code of a server that does not know a primary TLV (RFC 8490, section 10.2). */
    public static final int DSOTYPENI = 11;

    private static final int HEADER = 12;
    private static final int TLV_HEADER = 4;
    private static final int QR = 0x8000;
    private static final int MAX = 0xffff;

    /**
     * Makes a message with a copy of the list.
     *
     * @param id 0 to 65535
     * @param response whether it is a response
     * @param rcode 0 to 15
     * @param tlvs the TLVs
     * @throws IllegalArgumentException if a number is out of range
     */
    public DsoMessage {
        if (id < 0 || id > MAX || rcode < 0 || rcode > 15) {
            throw new IllegalArgumentException("an id is 0..65535 and an rcode 0..15, were " + id + " and " + rcode);
        }
        tlvs = List.copyOf(tlvs);
    }

    /**
     * Returns a request, which is to be answered.
     *
     * @param id 1 to 65535
     * @param tlv what it is about
     * @return the message
     */
    public static DsoMessage request(int id, DsoTlv tlv) {
        return new DsoMessage(id, false, 0, List.of(tlv));
    }

    /**
     * Returns a message that is not to be answered.
     *
     * @param tlv what it is about
     * @return the message
     */
    public static DsoMessage unidirectional(DsoTlv tlv) {
        return new DsoMessage(0, false, 0, List.of(tlv));
    }

    /**
     * Returns the response to this request.
     *
     * @param code 0 to 15
     * @param more TLVs, the primary one first; may be none
     * @return the message
     */
    public DsoMessage respond(int code, DsoTlv... more) {
        return new DsoMessage(id, true, code, List.of(more));
    }

    /**
     * Returns what the message is about.
     *
     * @return the first TLV; empty where there is none
     */
    public Optional<DsoTlv> primary() {
        return tlvs.stream().findFirst();
    }

    /**
     * Returns whether bytes have the header of a DSO message, regardless of what follows.
     *
     * @param message the bytes
     * @return whether they have the opcode
     */
    public static boolean isDso(byte[] message) {
        return message.length >= HEADER && (message[2] >> 3 & 15) == OPCODE;
    }

    /**
     * Reads a message.
     *
     * @param bytes the bytes, without the length that TCP has before them
     * @return the message
     * @throws FormatException if they are none, have records, or end in the middle
     */
    public static DsoMessage parse(byte[] bytes) {
        if (!isDso(bytes)) {
            throw wrong(bytes, "it does not begin with the header of one");
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        int id = in.getShort() & MAX;
        int flags = in.getShort() & MAX;
        if (in.getLong() != 0) {
            throw wrong(bytes, "it has records (RFC 8490, section 5.4)");
        }
        List<DsoTlv> tlvs = new ArrayList<>();
        while (in.hasRemaining()) {
            if (in.remaining() < TLV_HEADER) {
                throw wrong(bytes, "it ends within a TLV's header");
            }
            int type = in.getShort() & MAX;
            int length = in.getShort() & MAX;
            if (length > in.remaining()) {
                throw wrong(bytes, "it ends within a TLV of type " + type);
            }
            byte[] value = new byte[length];
            in.get(value);
            tlvs.add(DsoTlv.of(type, value));
        }
        boolean response = (flags & QR) != 0;
        if (tlvs.isEmpty() && !response) {
            throw wrong(bytes, "it has no primary TLV");
        }
        return new DsoMessage(id, response, flags & 15, tlvs);
    }

    /**
     * Writes the message.
     *
     * @return its bytes, without the length that TCP has before them
     */
    public byte[] encode() {
        int length = HEADER;
        for (DsoTlv tlv : tlvs) {
            length += TLV_HEADER + tlv.length();
        }
        ByteBuffer out = ByteBuffer.allocate(length);
        out.putShort((short) id)
                .putShort((short) ((response ? QR : 0) | OPCODE << 11 | rcode))
                .putLong(0);
        for (DsoTlv tlv : tlvs) {
            out.putShort((short) tlv.type()).putShort((short) tlv.length()).put(tlv.value());
        }
        return out.array();
    }

    private static FormatException wrong(byte[] bytes, String why) {
        return new FormatException("DSO message", bytes.length + " bytes", why);
    }
}
