package io.wgsd.internal;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Lets one line a minute pass for each source, so that nobody can fill a log.
 *
 * <p>The first line of a source passes at once. Of those that follow within a minute the last one passes when the minute
 * is over, with the number of the others, so that what is shown last is how things are. Sources that are too many share
 * one place. The lines are made only when they pass. Thread-safe; a line may pass on any thread that calls this.
 */
public final class LineLimit {

    /** How many sources have a place of their own. */
    public static final int SOURCES = 16;

    /** How often a line of one source passes. */
    public static final Duration INTERVAL = Duration.ofMinutes(1);

    /** Stands for all sources that are too many; no source has no name. */
    private static final String OTHERS = "";

    private final LongSupplier nanoClock;
    private final Map<String, Place> places = new HashMap<>();
    private long earliest;

    private record Line(Supplier<String> text, Consumer<String> to) {}

    /** A source of which a line passed within the last minute. */
    private static final class Place {

        private final long passedAt;
        private int held;
        private Line latest = new Line(() -> "", line -> {});

        Place(long passedAt) {
            this.passedAt = passedAt;
        }

        void pass() {
            String line = latest.text().get();
            latest.to().accept(held == 1 ? line : line + " (and " + (held - 1) + " more like it within a minute)");
        }
    }

    /**
     * Makes a limit.
     *
     * @param nanoClock a clock that only goes forward, in nanoseconds
     */
    public LineLimit(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
    }

    /**
     * Lets a line pass, or holds it back.
     *
     * @param source whose line it is, not empty
     * @param line makes the line, at once or within a minute and the next {@link #sweep}
     * @param to takes the line when it passes
     */
    public void report(String source, Supplier<String> line, Consumer<String> to) {
        sweep();
        synchronized (places) {
            Place place = places.get(source);
            if (place == null && places.size() >= SOURCES) {
                place = places.get(OTHERS);
            }
            if (place != null) {
                place.held++;
                place.latest = new Line(line, to);
                return;
            }
            Place made = new Place(nanoClock.getAsLong());
            earliest = places.isEmpty() ? made.passedAt : earliest;
            places.put(places.size() < SOURCES ? source : OTHERS, made);
        }
        to.accept(line.get());
    }

    /** Lets the lines pass for which it is time. */
    public void sweep() {
        long now = nanoClock.getAsLong();
        Map<String, Place> due = new HashMap<>();
        synchronized (places) {
            if (places.isEmpty() || now - earliest < INTERVAL.toNanos()) {
                return;
            }
            places.forEach((source, place) -> {
                if (now - place.passedAt >= INTERVAL.toNanos()) {
                    due.put(source, place);
                }
            });
            due.forEach((source, place) -> {
                if (place.held == 0) {
                    places.remove(source);
                } else {
                    places.put(source, new Place(now));
                }
            });
            earliest = places.values().stream()
                    .map(place -> place.passedAt)
                    .min(Comparator.comparingLong(passedAt -> passedAt - now))
                    .orElse(now);
        }
        due.values().stream().filter(place -> place.held > 0).forEach(Place::pass);
    }

    /** Returns whether a line may be held back, so that {@link #sweep} has to be called again. */
    public boolean isWaiting() {
        synchronized (places) {
            return !places.isEmpty();
        }
    }
}
