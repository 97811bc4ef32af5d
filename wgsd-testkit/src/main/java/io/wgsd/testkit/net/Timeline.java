package io.wgsd.testkit.net;

import io.wgsd.model.Moment;
import io.wgsd.model.TimeSource;
import io.wgsd.testkit.net.time.EventLoop;
import io.wgsd.testkit.net.time.Task;
import io.wgsd.testkit.net.time.TimelineExecutor;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BooleanSupplier;

/**
 * Virtual time: a queue of events, and a clock that jumps from each to the next.
 *
 * <p>Nothing sleeps, and no thread is started: events happen on the thread that calls one of the {@code run} methods,
 * those of one instant in the order in which they were scheduled. Time stands still while an event happens, and between
 * the calls.
 *
 * <p>Scheduling and reading the time is safe from any thread. While a {@code run} method is under way on one thread,
 * another one that schedules waits for it; determinism is lost with more than one thread.
 */
public final class Timeline implements TimeSource {

    private static final Instant DEFAULT_START = Instant.parse("2026-01-01T00:00:00Z");

    private final EventLoop loop = new EventLoop();
    private final Instant start;
    private final Clock clock = new View(ZoneOffset.UTC);

    private Timeline(Instant start) {
        this.start = start;
    }

    /**
     * Returns a timeline that starts with the year 2026.
     *
     * @return a new timeline
     */
    public static Timeline create() {
        return startingAt(DEFAULT_START);
    }

    /**
     * Returns a timeline.
     *
     * @param start what the wall clock shows at first
     * @return a new timeline
     */
    public static Timeline startingAt(Instant start) {
        return new Timeline(Objects.requireNonNull(start, "start"));
    }

    /**
     * Returns the wall clock for libraries that take a {@link Clock}.
     *
     * @return a clock in UTC that shows this timeline's time whenever it is asked
     */
    public Clock clock() {
        return clock;
    }

    /**
     * Returns the time by both clocks, which run at the same rate.
     *
     * @return the present moment
     */
    @Override
    public Moment now() {
        long nanos = loop.nanoTime();
        return new Moment(start.plusNanos(nanos), nanos);
    }

    /**
     * Returns the monotonic time, as {@link System#nanoTime()} would; {@code timeline::nanos} is a ticker.
     *
     * @return nanoseconds since the timeline was made
     */
    @Override
    public long nanos() {
        return loop.nanoTime();
    }

    /**
     * Returns how much virtual time has passed.
     *
     * @return the time since the timeline was made
     */
    public Duration elapsed() {
        return Duration.ofNanos(loop.nanoTime());
    }

    /**
     * Returns how many events have happened.
     *
     * @return a number that only grows
     */
    public long eventsHappened() {
        return loop.eventsHappened();
    }

    /**
     * Schedules an action.
     *
     * @param delay from now; a negative one counts as zero
     * @param action what to do; what it throws comes out of the {@code run} method, which can then be called again
     * @return a handle with which it can be cancelled
     */
    public Scheduled schedule(Duration delay, Runnable action) {
        return new Task(loop, Objects.requireNonNull(action, "action"), null).queue(delay);
    }

    /**
     * Schedules an action at a fixed rate, until it is cancelled.
     *
     * @param initialDelay from now until the first time; a negative one counts as zero
     * @param period from each time to the next, more than zero
     * @param action what to do; the timeline continues even if it throws
     * @return a handle with which it can be cancelled, also from within the action
     */
    public Scheduled scheduleAtFixedRate(Duration initialDelay, Duration period, Runnable action) {
        if (period.isZero() || period.isNegative()) {
            throw new IllegalArgumentException("period must be more than zero, was " + period);
        }
        return new Task(loop, Objects.requireNonNull(action, "action"), period).queue(initialDelay);
    }

    /**
     * Returns this timeline as an executor, whose tasks are done by the thread that lets time pass.
     *
     * <p>What a task throws goes into its future, as with any executor. Waiting for a future that is not done never
     * ends, because no time passes meanwhile: run the timeline until it is done. Not thread-safe.
     *
     * @return a new executor; shutting it down leaves the timeline as it is
     */
    public ScheduledExecutorService executor() {
        return new TimelineExecutor(this);
    }

    /**
     * Lets time pass: everything that is due happens, and then the clock shows the end of the duration.
     *
     * @param duration how much time passes, zero or more
     */
    public void runFor(Duration duration) {
        runUntil(() -> false, duration);
    }

    /**
     * Lets time pass until a condition is true.
     *
     * @param condition asked before the first event and after each one
     * @param limit after how long to give up, zero or more
     * @return whether the condition is true; if not, the whole limit has passed
     */
    public boolean runUntil(BooleanSupplier condition, Duration limit) {
        if (limit.isNegative()) {
            throw new IllegalArgumentException("time runs forwards only, was to run for " + limit);
        }
        return loop.runUntil(condition, limit.toNanos());
    }

    /**
     * Jumps to the next event and lets it happen.
     *
     * @return whether there was one
     */
    public boolean runNext() {
        return loop.runNext();
    }

    @Override
    public String toString() {
        return "Timeline[" + elapsed() + " after " + start + "]";
    }

    EventLoop loop() {
        return loop;
    }

    /** The wall clock, in any zone. */
    private final class View extends Clock {

        private final ZoneId zone;

        View(ZoneId zone) {
            this.zone = zone;
        }

        @Override
        public ZoneId getZone() {
            return zone;
        }

        @Override
        public Clock withZone(ZoneId other) {
            return zone.equals(other) ? this : new View(other);
        }

        @Override
        public Instant instant() {
            return now().wall();
        }
    }
}
