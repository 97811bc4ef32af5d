package io.wgsd.server.answer.wire;

/**
 * The first 12 bytes of a message (RFC 1035, section 4.1.1), read without an object each.
 *
 * <p>No method checks the length: a caller does so first with {@link WireFormat#HEADER_LENGTH}.
 */
public final class MessageHeader {

    public static final int QR = 0x8000;
    public static final int AA = 0x0400;
    public static final int TC = 0x0200;
    static final int RD = 0x0100;
    static final int CD = 0x0010;
    public static final int RCODE = 0x000f;
    private static final int OPCODE = 0x7800;
    private static final int OPCODE_SHIFT = 11;

    private MessageHeader() {}

    public static int id(byte[] message) {
        return u16(message, 0);
    }

    public static int flags(byte[] message) {
        return u16(message, 2);
    }

    public static boolean isResponse(byte[] message) {
        return (flags(message) & QR) != 0;
    }

    public static int opcode(byte[] message) {
        return opcode(flags(message));
    }

    public static int opcode(int flags) {
        return (flags & OPCODE) >> OPCODE_SHIFT;
    }

    /** Returns how many entries a section has, 0 for the question to 3 for the additional one. */
    public static int count(byte[] message, int section) {
        return u16(message, 4 + 2 * section);
    }

    /**
     * Returns the flags that each response to a request with these flags begins with (RFC 4035, section 3.1.6 for CD).
     */
    public static int responseFlags(int requestFlags) {
        return QR | (requestFlags & (OPCODE | RD | CD));
    }

    public static int u16(byte[] bytes, int offset) {
        return ((bytes[offset] & 0xff) << 8) | (bytes[offset + 1] & 0xff);
    }
}
