package io.wgsd.dnssd.push;

import java.util.Arrays;

/** One type-length-value of a DSO message (RFC 8490, section 5.4.4). Immutable and thread-safe. */
public final class DsoTlv {

    /** Keeps a session, and says after how long without traffic it ends (RFC 8490, section 7.1). */
    public static final int KEEPALIVE = 1;

    /** Ends a session, and says when to come again (RFC 8490, section 7.2). */
    public static final int RETRY_DELAY = 2;

    /** Asks for changes (RFC 8765, section 6.2). */
    public static final int SUBSCRIBE = 0x40;

    /** Reports changes (RFC 8765, section 6.3). */
    public static final int PUSH = 0x41;

    /** Asks for no more changes (RFC 8765, section 6.4). */
    public static final int UNSUBSCRIBE = 0x42;

    private static final int MAX = 0xffff;

    private final int type;
    private final byte[] value;

    private DsoTlv(int type, byte[] value) {
        this.type = type;
        this.value = value;
    }

    /**
     * Returns a TLV with a copy of some bytes.
     *
     * @param type 0 to 65535
     * @param value at most 65535 bytes
     * @return the TLV
     * @throws IllegalArgumentException if either is out of range
     */
    public static DsoTlv of(int type, byte[] value) {
        if (type < 0 || type > MAX || value.length > MAX) {
            throw new IllegalArgumentException(
                    "a TLV has a type of 0..65535 and at most 65535 bytes, was " + type + " with " + value.length);
        }
        return new DsoTlv(type, value.clone());
    }

    /**
     * Returns the type.
     *
     * @return 0 to 65535
     */
    public int type() {
        return type;
    }

    /**
     * Returns a copy of the value.
     *
     * @return at most 65535 bytes
     */
    public byte[] value() {
        return value.clone();
    }

    int length() {
        return value.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DsoTlv that && type == that.type && Arrays.equals(value, that.value);
    }

    @Override
    public int hashCode() {
        return 31 * type + Arrays.hashCode(value);
    }

    @Override
    public String toString() {
        return "DsoTlv[" + type + ", " + value.length + " bytes]";
    }
}
