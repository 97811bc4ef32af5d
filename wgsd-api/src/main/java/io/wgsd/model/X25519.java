package io.wgsd.model;

import java.nio.ByteBuffer;

/**
 * The public key of a private one on Curve25519, by the ladder of RFC 7748, section 5, in time that does not depend on
 * the key.
 *
 * <p>Not by the JDK's provider: that keeps copies of the private key where nothing wipes them. A number of the field
 * has fifteen limbs of 17 bits, which are 255 in all, so that what passes the last limb comes back nineteenfold; limbs
 * may be negative meanwhile.
 */
final class X25519 {

    private static final int LIMBS = 15;
    private static final int LIMB_BITS = 17;
    private static final long LIMB_MASK = (1 << LIMB_BITS) - 1;
    private static final int FOLD = 19;
    private static final int TOP_BIT = 254;
    private static final long BASE_POINT = 9;
    /** (486662 - 2) / 4, as RFC 7748 has it. */
    private static final long A24 = 121665;

    private X25519() {}

    /**
     * Returns the 32 bytes of the public key that belongs to a private one; takes about a millisecond, some more at
     * first.
     *
     * @param privateKey 32 bytes from index 0 on, which are clamped as the RFC says, and neither changed nor copied
     */
    static byte[] publicKey(ByteBuffer privateKey) {
        long[] x2 = number(1);
        long[] z2 = number(0);
        long[] x3 = number(BASE_POINT);
        long[] z3 = number(1);
        long last = 0;
        for (int bit = TOP_BIT; bit >= 0; bit--) {
            long now = bit(privateKey, bit);
            swap(last ^ now, x2, x3);
            swap(last ^ now, z2, z3);
            last = now;
            long[] a = sum(x2, z2);
            long[] b = difference(x2, z2);
            long[] da = product(difference(x3, z3), a);
            long[] cb = product(sum(x3, z3), b);
            long[] aa = product(a, a);
            long[] bb = product(b, b);
            long[] e = difference(aa, bb);
            long[] both = sum(da, cb);
            long[] apart = difference(da, cb);
            x3 = product(both, both);
            z3 = product(number(BASE_POINT), product(apart, apart));
            x2 = product(aa, bb);
            z2 = product(e, sum(aa, product(number(A24), e)));
        }
        swap(last, x2, x3);
        swap(last, z2, z3);
        return bytes(product(x2, inverse(z2)));
    }

    /** Returns a bit of the clamped key. */
    private static long bit(ByteBuffer key, int index) {
        if (index == TOP_BIT) {
            return 1;
        }
        return index < 3 ? 0 : (key.get(index >>> 3) >>> (index & 7)) & 1;
    }

    private static long[] number(long value) {
        long[] number = new long[LIMBS];
        number[0] = value;
        return number;
    }

    /** Exchanges two numbers where the bit is 1, without a branch. */
    private static void swap(long bit, long[] one, long[] other) {
        long mask = -bit;
        for (int i = 0; i < LIMBS; i++) {
            long both = (one[i] ^ other[i]) & mask;
            one[i] ^= both;
            other[i] ^= both;
        }
    }

    private static long[] sum(long[] one, long[] other) {
        long[] sum = new long[LIMBS];
        for (int i = 0; i < LIMBS; i++) {
            sum[i] = one[i] + other[i];
        }
        return sum;
    }

    private static long[] difference(long[] one, long[] other) {
        long[] difference = new long[LIMBS];
        for (int i = 0; i < LIMBS; i++) {
            difference[i] = one[i] - other[i];
        }
        return difference;
    }

    private static long[] product(long[] one, long[] other) {
        long[] product = new long[LIMBS];
        for (int i = 0; i < LIMBS; i++) {
            for (int j = 0; j < LIMBS - i; j++) {
                product[i + j] += one[i] * other[j];
            }
            for (int j = LIMBS - i; j < LIMBS; j++) {
                product[i + j - LIMBS] += FOLD * one[i] * other[j];
            }
        }
        carry(product);
        carry(product);
        return product;
    }

    /** Leaves 17 bits in each limb, except for what comes back to the first. */
    private static void carry(long[] number) {
        for (int i = 0; i < LIMBS; i++) {
            long over = number[i] >> LIMB_BITS;
            number[i] -= over << LIMB_BITS;
            if (i + 1 < LIMBS) {
                number[i + 1] += over;
            } else {
                number[0] += FOLD * over;
            }
        }
    }

    /** Returns the number to the power of the prime less 2, that is 2^255 - 21, of whose bits only two are not set. */
    private static long[] inverse(long[] number) {
        long[] power = number;
        for (int bit = TOP_BIT - 1; bit >= 0; bit--) {
            power = product(power, power);
            if (bit != 2 && bit != 4) {
                power = product(power, number);
            }
        }
        return power;
    }

    private static byte[] bytes(long[] number) {
        long[] reduced = number.clone();
        for (int i = 0; i < 4; i++) {
            carry(reduced);
        }
        // It is below 2^255 now, and perhaps not below the prime, 2^255 - 19.
        long over = FOLD;
        for (int i = 0; i < LIMBS; i++) {
            over = (reduced[i] + over) >> LIMB_BITS;
        }
        long carried = FOLD * over;
        byte[] bytes = new byte[KeyCodec.KEY_LENGTH];
        for (int i = 0; i < LIMBS; i++) {
            long limb = reduced[i] + carried;
            carried = limb >> LIMB_BITS;
            for (int j = 0; j < LIMB_BITS; j++) {
                int bit = LIMB_BITS * i + j;
                bytes[bit >>> 3] |= (byte) (((limb & LIMB_MASK) >>> j & 1) << (bit & 7));
            }
        }
        return bytes;
    }
}
