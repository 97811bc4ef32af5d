package io.wgsd.testkit.net.time;

import io.wgsd.testkit.net.Scheduled;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RunnableScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A task of a {@link TimelineExecutor}, done once, or again and again until it is cancelled or throws. */
final class TimelineFuture<V> extends FutureTask<V> implements RunnableScheduledFuture<V> {

    private final TimelineExecutor executor;
    private final Duration period;
    private @Nullable Scheduled scheduled;
    private long due;

    /** Makes a task; a period of zero is none. */
    TimelineFuture(TimelineExecutor executor, Callable<V> callable, Duration period) {
        super(callable);
        this.executor = executor;
        this.period = period;
    }

    void queue(Duration delay) {
        due = executor.timeline().nanos() + delay.toNanos();
        scheduled = executor.timeline().schedule(delay, this);
    }

    @Override
    public boolean isPeriodic() {
        return !period.isZero();
    }

    @Override
    public void run() {
        if (!isPeriodic()) {
            super.run();
        } else if (runAndReset()) {
            queue(period);
        }
    }

    @Override
    public long getDelay(TimeUnit unit) {
        return unit.convert(due - executor.timeline().nanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
        return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
    }

    @Override
    protected void done() {
        if (scheduled != null) {
            scheduled.cancel();
        }
        executor.isDone(this);
    }
}
