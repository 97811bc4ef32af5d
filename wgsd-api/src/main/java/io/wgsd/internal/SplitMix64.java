package io.wgsd.internal;

/** The last steps of SplitMix64: numbers that look random, and follow from what they are made of. */
public final class SplitMix64 {

    private SplitMix64() {}

    /**
     * Returns a number that looks random, the same for the same arguments on every Java runtime.
     *
     * @param seed gives a series of numbers of its own
     * @param one what the number is for
     * @param other what else it is for
     * @return any number
     */
    public static long mix(long seed, long one, long other) {
        long z = seed + one * 0x9e3779b97f4a7c15L + other * 0xd1342543de82ef95L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
