package io.wgsd.benchmarks;

import java.util.Arrays;

/** What one figure was in each round, in the order of the rounds. */
public final class Samples {

    private final double[] values;

    private Samples(double[] values) {
        this.values = values;
    }

    public static Samples of(double... values) {
        return new Samples(values.clone());
    }

    /** Returns round by round how many times as much as another this is: what slowed down a round slowed down both. */
    public Samples beside(Samples other) {
        double[] ratios = new double[values.length];
        Arrays.setAll(ratios, i -> values[i] / other.values[i]);
        return new Samples(ratios);
    }

    public double median() {
        return quantile(0.5);
    }

    /** Returns the value below which this part of the samples is. */
    public double quantile(double part) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double at = part * (sorted.length - 1);
        int below = (int) at;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }
}
