package io.wgsd.micrometer.families;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * A family of numbers, in the words of OpenMetrics: a name, what it means, and a series for each value of a label.
 *
 * @param name in lower case, words separated by dots, without unit or {@code total}
 * @param kind what its numbers are
 * @param unit a base unit in the plural, or empty
 * @param help one sentence
 * @param series the numbers; one without a label, or several that differ in it
 * @param <T> what the numbers are read from
 */
public record Family<T>(String name, Kind kind, String unit, String help, List<Series<T>> series) {

    public Family {
        series = List.copyOf(series);
    }

    /** What a family's numbers are. */
    public enum Kind {
        /** Counts from 0 up, from the start on. */
        COUNTER,
        /** May be any number at any time; NaN where there is none. */
        GAUGE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A number of a family.
     *
     * @param labels what distinguishes it from the others of the family
     * @param value reads the number; NaN where there is none
     * @param <T> what it is read from
     */
    public record Series<T>(Map<String, String> labels, ToDoubleFunction<T> value) {

        public Series {
            labels = Map.copyOf(labels);
        }
    }

    /** Returns the name that Prometheus has for each sample: with underscores, the unit, and {@code _total} for counters. */
    public String sampleName() {
        String named = name.replace('.', '_') + (unit.isEmpty() ? "" : "_" + unit);
        return kind == Kind.COUNTER ? named + "_total" : named;
    }

    /** Returns a counter with one series. */
    static <T> Family<T> counter(String name, String unit, String help, ToDoubleFunction<T> value) {
        return new Family<>(name, Kind.COUNTER, unit, help, List.of(new Series<>(Map.of(), value)));
    }

    /** Returns a gauge with one series. */
    static <T> Family<T> gauge(String name, String unit, String help, ToDoubleFunction<T> value) {
        return new Family<>(name, Kind.GAUGE, unit, help, List.of(new Series<>(Map.of(), value)));
    }

    /** Begins a family without a series; {@link #with} adds them. */
    static <T> Family<T> of(Kind kind, String name, String help) {
        return new Family<>(name, kind, "", help, List.of());
    }

    /** Returns this family with a further series. */
    Family<T> with(String label, String of, ToDoubleFunction<T> value) {
        List<Series<T>> more = new ArrayList<>(series);
        more.add(new Series<>(Map.of(label, of), value));
        return new Family<>(name, kind, unit, help, more);
    }

    /** Returns 1 for true and 0 for false. */
    static double flag(boolean value) {
        return value ? 1 : 0;
    }
}
