package io.wgsd.internal;

/** Checks the numbers of statistics that a program or a test makes. */
public final class Counts {

    private Counts() {}

    /**
     * Returns a count.
     *
     * @param name what is counted, for the exception
     * @throws IllegalArgumentException if it is negative
     */
    public static long check(String name, long value) {
        if (value < 0) {
            throw new IllegalArgumentException(name + " must be 0 or more, was " + value);
        }
        return value;
    }

    /** Returns a count that fits in an int, as the other method does. */
    public static int check(String name, int value) {
        return (int) check(name, (long) value);
    }
}
