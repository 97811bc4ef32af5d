package io.wgsd.testkit.net.time;

/**
 * A timer for protocols, which set it far more often than it goes off.
 *
 * <p>Setting it later, or clearing it, leaves the queue alone: when the old time comes, it queues itself again or not
 * at all.
 */
public final class Alarm extends Event {

    private static final long CLEARED = Long.MAX_VALUE;

    private final EventLoop loop;
    private final Runnable action;
    private long due = CLEARED;

    public Alarm(EventLoop loop, Runnable action) {
        this.loop = loop;
        this.action = action;
    }

    public boolean isPending() {
        return due != CLEARED;
    }

    /** Sets it, or sets it again, for an instant in nanoseconds. */
    public void setAt(long nanos) {
        due = nanos;
        if (isQueued()) {
            if (at <= due) {
                return;
            }
            loop.unqueue(this);
        }
        loop.queueAt(this, due);
    }

    public void clear() {
        due = CLEARED;
    }

    /** Clears it and forgets it at once, for an owner that goes away. */
    public void discard() {
        clear();
        if (isQueued()) {
            loop.unqueue(this);
        }
    }

    @Override
    protected void happen() {
        if (due == CLEARED) {
            return;
        }
        if (due > loop.nanoTime()) {
            loop.queueAt(this, due);
            return;
        }
        due = CLEARED;
        action.run();
    }
}
