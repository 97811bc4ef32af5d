package io.wgsd.testkit.net.time;

import io.wgsd.testkit.net.Scheduled;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a caller has scheduled, once or at a fixed rate. */
public final class Task extends Event implements Scheduled {

    private final EventLoop loop;
    private final Runnable action;
    private final @Nullable Duration period;

    public Task(EventLoop loop, Runnable action, @Nullable Duration period) {
        this.loop = loop;
        this.action = action;
        this.period = period;
    }

    public Task queue(Duration delay) {
        loop.queueAt(this, Math.addExact(loop.nanoTime(), delay.toNanos()));
        return this;
    }

    @Override
    public boolean cancel() {
        return loop.unqueue(this);
    }

    @Override
    public boolean isPending() {
        return isQueued();
    }

    @Override
    protected void happen() {
        if (period != null) {
            queue(period);
        }
        action.run();
    }
}
