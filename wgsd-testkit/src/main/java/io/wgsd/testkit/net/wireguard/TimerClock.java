package io.wgsd.testkit.net.wireguard;

import io.wgsd.testkit.net.random.Randomness;

/** How exactly an implementation of WireGuard keeps time. */
public interface TimerClock {

    /** Returns when a timer goes off that is set now for a delay. */
    long due(long now, long delayNanos);

    /** Returns when a timer goes off that is set now for a delay and, on top, the jitter of a rekey, up to 333 ms. */
    long dueWithJitter(long now, long delayNanos, Randomness random);

    /** Returns the time as it is read to judge ages. */
    long read(long now);

    /**
     * Timers of a user-space program, exact except for a jitter of whole milliseconds (wireguard-go, device/timers.go).
     */
    final class Exact implements TimerClock {

        private static final long JITTER_MILLIS = 334;
        private static final long NANOS_PER_MILLI = 1_000_000;

        @Override
        public long due(long now, long delayNanos) {
            return now + delayNanos;
        }

        @Override
        public long dueWithJitter(long now, long delayNanos, Randomness random) {
            return now + delayNanos + random.below(JITTER_MILLIS) * NANOS_PER_MILLI;
        }

        @Override
        public long read(long now) {
            return now;
        }
    }

    /**
     * The kernel's timer wheel: the further away, the coarser; a timer is late by up to an eighth of its delay, never
     * early (kernel/time/timer.c, calc_wheel_index). Ages are judged by the time of the last tick.
     */
    final class Wheel implements TimerClock {

        private static final long NANOS_PER_SECOND = 1_000_000_000;
        private static final int LEVEL_SIZE = 64;
        private static final int CLOCK_SHIFT = 3;
        private static final int DEEPEST_LEVEL = 8;

        private final long tick;
        private final long jitterTicks;
        private final long phase;

        /** Makes a wheel of so many ticks a second, which began to turn so many nanoseconds before time zero. */
        public Wheel(int ticksPerSecond, long phase) {
            tick = NANOS_PER_SECOND / ticksPerSecond;
            jitterTicks = ticksPerSecond / 3;
            this.phase = phase;
        }

        @Override
        public long due(long now, long delayNanos) {
            return due(now, delayNanos, 0);
        }

        @Override
        public long dueWithJitter(long now, long delayNanos, Randomness random) {
            return due(now, delayNanos, random.below(jitterTicks));
        }

        @Override
        public long read(long now) {
            return (now + phase) / tick * tick - phase;
        }

        private long due(long now, long delayNanos, long extraTicks) {
            long ticks = (now + phase) / tick;
            long delta = delayNanos / tick + extraTicks;
            int level = 0;
            while (level < DEEPEST_LEVEL && delta >= (long) (LEVEL_SIZE - 1) << (level * CLOCK_SHIFT)) {
                level++;
            }
            int shift = level * CLOCK_SHIFT;
            return ((((ticks + delta) >> shift) + 1) << shift) * tick - phase;
        }
    }
}
