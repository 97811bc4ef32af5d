package io.wgsd.benchmarks;

import java.util.Locale;

/** Writes figures for people, three digits of each. */
public final class Figures {

    private static final String[] TIMES = {"ns", "µs", "ms", "s"};
    private static final String[] BYTES = {"B", "kB", "MB", "GB"};

    private Figures() {}

    public static String time(double nanos) {
        return scaled(nanos, TIMES);
    }

    static String bytes(double bytes) {
        return scaled(bytes, BYTES);
    }

    /** Returns the median and the quartiles, as in {@code 0.52 (0.49..0.57)}. */
    public static String ratio(Samples ratios) {
        return threeDigits(ratios.median()) + " (" + threeDigits(ratios.quantile(0.25)) + ".."
                + threeDigits(ratios.quantile(0.75)) + ")";
    }

    public static String count(int number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String scaled(double value, String[] units) {
        int unit = 0;
        double scaled = value;
        while (scaled >= 999.5 && unit < units.length - 1) {
            scaled /= 1000;
            unit++;
        }
        return threeDigits(scaled) + " " + units[unit];
    }

    private static String threeDigits(double value) {
        String format = value >= 99.95 ? "%.0f" : value >= 9.995 ? "%.1f" : value >= 0.0995 ? "%.2f" : "%.3f";
        return String.format(Locale.ROOT, format, value);
    }
}
