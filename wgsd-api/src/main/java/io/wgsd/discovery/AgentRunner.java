package io.wgsd.discovery;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The thread on which an agent takes its steps: when they are due, and at once when an answer has come. Thread-safe. */
final class AgentRunner {

    private final AgentParts parts;
    private final ThreadFactory threads;
    private final Governor governor = new Governor();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean closed;
    private boolean woken;
    private boolean stepping;
    private @Nullable Thread thread;
    private volatile @Nullable AgentLoop loop;

    AgentRunner(AgentParts parts, ThreadFactory threads) {
        this.parts = parts;
        this.threads = threads;
    }

    void start() {
        lock.lock();
        try {
            if (closed || thread != null) {
                throw new IllegalStateException(closed ? "the agent is closed" : "the agent runs already");
            }
            thread = threads.newThread(this::run);
            thread.start();
        } finally {
            lock.unlock();
        }
    }

    List<PeerStatus> statuses() {
        AgentLoop running = loop;
        return running == null ? List.of() : running.statuses();
    }

    void close() {
        Thread running;
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
            running = thread;
            if (stepping && running != null) {
                running.interrupt();
            }
        } finally {
            lock.unlock();
        }
        if (running == null || running.equals(Thread.currentThread())) {
            return;
        }
        boolean interrupted = false;
        while (running.isAlive()) {
            try {
                running.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        AgentLoop steps = new AgentLoop(parts, this::wake);
        loop = steps;
        try (NetworkWatch watch = new NetworkWatch(parts, () -> {
            steps.networkChanged();
            wake();
        })) {
            watch.start(threads);
            while (begin()) {
                long began = System.nanoTime();
                Duration next = Duration.ofSeconds(1);
                try {
                    next = steps.step();
                } catch (RuntimeException | Error e) {
                    // Another's code may break its promise; the endpoints are kept right all the same.
                    report(e);
                } finally {
                    end();
                }
                await(next, governor.pause(began, System.nanoTime()));
            }
        }
        Thread.interrupted();
        steps.end();
    }

    private static void report(Throwable e) {
        Thread current = Thread.currentThread();
        current.getUncaughtExceptionHandler().uncaughtException(current, e);
    }

    /** Lets close() interrupt from here on, and returns false where it was called already. */
    private boolean begin() {
        lock.lock();
        try {
            Thread.interrupted();
            stepping = !closed;
            return stepping;
        } finally {
            lock.unlock();
        }
    }

    private void end() {
        lock.lock();
        try {
            stepping = false;
        } finally {
            lock.unlock();
        }
    }

    private void wake() {
        lock.lock();
        try {
            woken = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the next step is due, or something has come; but not less than the processor's share demands. */
    private void await(Duration next, Duration least) {
        long began = System.nanoTime();
        lock.lock();
        try {
            while (!closed) {
                long passed = System.nanoTime() - began;
                long left = (woken ? least.toNanos() : Math.max(least.toNanos(), next.toNanos())) - passed;
                if (left <= 0) {
                    break;
                }
                changed.awaitNanos(left);
            }
            woken = false;
        } catch (InterruptedException e) {
            // Only close() ends the agent, and it says so by its flag.
            woken = false;
        } finally {
            lock.unlock();
        }
    }
}
