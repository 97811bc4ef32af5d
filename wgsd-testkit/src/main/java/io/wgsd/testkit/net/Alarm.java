package io.wgsd.testkit.net;

/**
 * A timer that is set far more often than it goes off, as a protocol's are.
 *
 * <p>Setting it later, or clearing it, leaves the queue alone: when the old time comes, it queues itself again or not at
 * all.
 */
final class Alarm extends Event {

    private static final long CLEARED = Long.MAX_VALUE;

    private final Timeline timeline;
    private final Runnable action;
    private long due = CLEARED;

    Alarm(Timeline timeline, Runnable action) {
        this.timeline = timeline;
        this.action = action;
    }

    boolean isPending() {
        return due != CLEARED;
    }

    /** Sets it, or sets it anew, for an instant in nanoseconds. */
    void setAt(long nanos) {
        due = nanos;
        if (isQueued()) {
            if (at <= due) {
                return;
            }
            timeline.unqueue(this);
        }
        timeline.queueAt(this, due);
    }

    void clear() {
        due = CLEARED;
    }

    /** Clears it and forgets it at once, for an owner that goes away. */
    void discard() {
        clear();
        if (isQueued()) {
            timeline.unqueue(this);
        }
    }

    @Override
    void happen() {
        if (due == CLEARED) {
            return;
        }
        if (due > timeline.nanoTime()) {
            timeline.queueAt(this, due);
            return;
        }
        due = CLEARED;
        action.run();
    }
}
