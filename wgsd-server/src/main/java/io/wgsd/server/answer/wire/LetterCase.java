package io.wgsd.server.answer.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.xbill.DNS.Name;

/**
 * Names in wire form, compared and hashed without regard to letter case, eight bytes at a time (RFC 4343).
 *
 * <p>The lengths of labels are at most 63, below every letter, so they stay unchanged.
 */
public final class LetterCase {

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGH_BITS = ONES << 7;
    private static final long TO_LOWER = 2;
    private static final long MULTIPLIER = 0x9e37_79b9_7f4a_7c15L;

    private LetterCase() {}

    /** Returns eight bytes with their ASCII letters in lower case. */
    public static long lower(byte[] bytes, int at) {
        long word = (long) LONG.get(bytes, at);
        long low = word & ~HIGH_BITS;
        // The high bit of each byte of these says: at least 'A', and greater than 'Z'.
        long fromA = low + (0x80 - 'A') * ONES;
        long beyondZ = low + (0x7f - 'Z') * ONES;
        return word | (~word & (fromA ^ beyondZ) & HIGH_BITS) >>> TO_LOWER;
    }

    /** Returns a name's wire form in lower case. */
    public static byte[] lower(Name name) {
        byte[] wire = name.toWire();
        for (int i = 0; i < wire.length; i++) {
            wire[i] = (byte) lower(wire[i]);
        }
        return wire;
    }

    public static int lower(byte b) {
        return b >= 'A' && b <= 'Z' ? b | 0x20 : b;
    }

    /**
     * Returns whether bytes are the same except for the letter case of the first ones; the second are in lower case.
     */
    public static boolean equal(byte[] any, int at, byte[] lower, int lowerAt, int length) {
        int i = 0;
        for (; i <= length - Long.BYTES; i += Long.BYTES) {
            if (lower(any, at + i) != (long) LONG.get(lower, lowerAt + i)) {
                return false;
            }
        }
        for (; i < length; i++) {
            if (lower(any[at + i]) != lower[lowerAt + i]) {
                return false;
            }
        }
        return true;
    }

    /** Returns a hash that is the same in any letter case, and that cannot be predicted without the seed. */
    public static int hash(byte[] bytes, int at, int length, long seed) {
        long hash = seed;
        int i = 0;
        for (; i <= length - Long.BYTES; i += Long.BYTES) {
            hash = mix(hash, lower(bytes, at + i));
        }
        for (; i < length; i++) {
            hash = mix(hash, lower(bytes[at + i]));
        }
        return (int) hash;
    }

    private static long mix(long hash, long word) {
        long mixed = (hash ^ word) * MULTIPLIER;
        return mixed ^ mixed >>> 32;
    }
}
