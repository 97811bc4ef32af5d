package io.wgsd.server.answer.access;

/**
 * SipHash-2-4 by Aumasson and Bernstein, which RFC 9018, section 4.4, takes for cookies: a keyed hash that is safe and
 * fast for a few bytes.
 *
 * <p>Written here since neither the JDK nor a library that is used anyway has it; tested with its authors' vectors.
 *
 * @param k0 the key's first eight bytes, little-endian
 * @param k1 the key's last eight bytes, little-endian
 */
record SipHash(long k0, long k1) {

    /** Returns the hash of some bytes. */
    long hash(byte[] bytes) {
        State state = new State(k0, k1);
        int whole = bytes.length / Long.BYTES * Long.BYTES;
        for (int i = 0; i < whole; i += Long.BYTES) {
            state.compress(word(bytes, i, Long.BYTES));
        }
        state.compress(word(bytes, whole, bytes.length - whole) | ((long) bytes.length << 56));
        return state.finish();
    }

    /** Never shows the key. */
    @Override
    public String toString() {
        return "SipHash";
    }

    private static long word(byte[] bytes, int start, int length) {
        long word = 0;
        for (int i = 0; i < length; i++) {
            word |= (bytes[start + i] & 0xffL) << (8 * i);
        }
        return word;
    }

    private static final class State {

        private long v0;
        private long v1;
        private long v2;
        private long v3;

        State(long k0, long k1) {
            v0 = k0 ^ 0x736f6d6570736575L;
            v1 = k1 ^ 0x646f72616e646f6dL;
            v2 = k0 ^ 0x6c7967656e657261L;
            v3 = k1 ^ 0x7465646279746573L;
        }

        void compress(long word) {
            v3 ^= word;
            round();
            round();
            v0 ^= word;
        }

        long finish() {
            v2 ^= 0xff;
            round();
            round();
            round();
            round();
            return v0 ^ v1 ^ v2 ^ v3;
        }

        private void round() {
            v0 += v1;
            v2 += v3;
            v1 = Long.rotateLeft(v1, 13) ^ v0;
            v3 = Long.rotateLeft(v3, 16) ^ v2;
            v0 = Long.rotateLeft(v0, 32);
            v2 += v1;
            v0 += v3;
            v1 = Long.rotateLeft(v1, 17) ^ v2;
            v3 = Long.rotateLeft(v3, 21) ^ v0;
            v2 = Long.rotateLeft(v2, 32);
        }
    }
}
