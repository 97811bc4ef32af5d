package io.wgsd.testkit.net.time;

import io.wgsd.testkit.net.Timeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * A {@link Timeline} in the shape in which many programs take their time: its tasks are the timeline's events, so that
 * a fixed rate and a fixed delay are the same. Not thread-safe.
 */
public final class TimelineExecutor extends AbstractExecutorService implements ScheduledExecutorService {

    private final Timeline timeline;
    private final Set<TimelineFuture<?>> pending = new LinkedHashSet<>();
    private boolean shutdown;

    public TimelineExecutor(Timeline timeline) {
        this.timeline = timeline;
    }

    @Override
    public void execute(Runnable command) {
        ScheduledFuture<?> unused = schedule(command, 0, TimeUnit.NANOSECONDS);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
        return schedule(Executors.callable(command), delay, unit);
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> callable, long delay, TimeUnit unit) {
        return accept(new TimelineFuture<>(this, callable, Duration.ZERO), delay, unit);
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable command, long delay, long period, TimeUnit unit) {
        if (period <= 0) {
            throw new IllegalArgumentException("period must be more than zero, was " + period);
        }
        Duration interval = Duration.ofNanos(unit.toNanos(period));
        return accept(new TimelineFuture<>(this, Executors.callable(command), interval), delay, unit);
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable command, long delay, long interval, TimeUnit unit) {
        return scheduleAtFixedRate(command, delay, interval, unit);
    }

    /** As {@code ScheduledThreadPoolExecutor} has it: what is delayed is still done, what is repeated is not. */
    @Override
    public void shutdown() {
        shutdown = true;
        List.copyOf(pending).stream().filter(TimelineFuture::isPeriodic).forEach(task -> task.cancel(false));
    }

    @Override
    public List<Runnable> shutdownNow() {
        shutdown = true;
        List<Runnable> undone = new ArrayList<>(pending);
        List.copyOf(pending).forEach(task -> task.cancel(false));
        return undone;
    }

    @Override
    public boolean isShutdown() {
        return shutdown;
    }

    @Override
    public boolean isTerminated() {
        return shutdown && pending.isEmpty();
    }

    /** Returns at once, for no time passes while an event waits. */
    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return isTerminated();
    }

    Timeline timeline() {
        return timeline;
    }

    void isDone(TimelineFuture<?> task) {
        pending.remove(task);
    }

    private <V> TimelineFuture<V> accept(TimelineFuture<V> task, long delay, TimeUnit unit) {
        if (shutdown) {
            throw new RejectedExecutionException("the executor has been shut down");
        }
        pending.add(task);
        task.queue(Duration.ofNanos(Math.max(0, unit.toNanos(delay))));
        return task;
    }
}
