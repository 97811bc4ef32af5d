package io.wgsd.testkit.net;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a caller has scheduled, once or at a fixed rate. */
final class Task extends Event implements Scheduled {

    private final Timeline timeline;
    private final Runnable action;
    private final @Nullable Duration period;

    Task(Timeline timeline, Runnable action, @Nullable Duration period) {
        this.timeline = timeline;
        this.action = action;
        this.period = period;
    }

    Task queue(Duration delay) {
        timeline.queueAt(this, Math.addExact(timeline.nanoTime(), delay.toNanos()));
        return this;
    }

    @Override
    public boolean cancel() {
        return timeline.unqueue(this);
    }

    @Override
    public boolean isPending() {
        return isQueued();
    }

    @Override
    void happen() {
        if (period != null) {
            queue(period);
        }
        action.run();
    }
}
