package io.wgsd.testkit.net.random;

/** SplitMix64, written out so that a seed means the same history on every Java runtime. Not thread-safe. */
public final class Randomness {

    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private long state;

    public Randomness(long seed) {
        state = seed;
    }

    /** Returns a well-mixed number for each number, as the generator's output function does. */
    public static long mix(long value) {
        long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** Returns a generator whose numbers do not depend on how many this one gives later. */
    public Randomness split() {
        return new Randomness(next());
    }

    public long next() {
        state += GOLDEN_GAMMA;
        return mix(state);
    }

    /** Returns 0 to {@code bound - 1}; the bias is below {@code bound / 2^64}. */
    public long below(long bound) {
        return Math.multiplyHigh(next() >>> 1, bound << 1);
    }

    /** Returns true with a probability. */
    public boolean chance(double probability) {
        return probability > 0 && (next() >>> 11) * 0x1.0p-53 < probability;
    }
}
