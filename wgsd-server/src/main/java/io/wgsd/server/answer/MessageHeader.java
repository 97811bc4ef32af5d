package io.wgsd.server.answer;

/**
 * The first 12 bytes of a message (RFC 1035, section 4.1.1), read without an object each.
 *
 * <p>No method checks the length: a caller does so first with {@link #LENGTH}.
 */
final class MessageHeader {

    static final int LENGTH = 12;

    static final int QR = 0x8000;
    static final int AA = 0x0400;
    static final int TC = 0x0200;
    static final int RD = 0x0100;
    static final int CD = 0x0010;
    private static final int OPCODE = 0x7800;
    private static final int OPCODE_SHIFT = 11;

    private MessageHeader() {}

    static int id(byte[] message) {
        return u16(message, 0);
    }

    static int flags(byte[] message) {
        return u16(message, 2);
    }

    static boolean isResponse(byte[] message) {
        return (flags(message) & QR) != 0;
    }

    static int opcode(byte[] message) {
        return (flags(message) & OPCODE) >> OPCODE_SHIFT;
    }

    /** Returns how many entries a section has, 0 for the question to 3 for the additional one. */
    static int count(byte[] message, int section) {
        return u16(message, 4 + 2 * section);
    }

    /** Returns the flags that each response to a request with these flags begins with (RFC 4035, section 3.1.6 for CD). */
    static int responseFlags(int requestFlags) {
        return QR | (requestFlags & (OPCODE | RD | CD));
    }

    static int u16(byte[] bytes, int offset) {
        return ((bytes[offset] & 0xff) << 8) | (bytes[offset + 1] & 0xff);
    }
}
