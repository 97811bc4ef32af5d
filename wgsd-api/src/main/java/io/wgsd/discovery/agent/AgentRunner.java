package io.wgsd.discovery.agent;

import io.wgsd.discovery.AgentEvent;
import io.wgsd.discovery.AgentStats;
import io.wgsd.discovery.PeerStatus;
import io.wgsd.discovery.RelayStatus;
import io.wgsd.discovery.route.NetworkWatch;
import io.wgsd.internal.Threads;
import io.wgsd.internal.Uncaught;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The thread on which an agent takes its steps: each when it is due, and at once when an answer arrives. Thread-safe.
 */
public final class AgentRunner implements AgentRun {

    private final AgentParts parts;
    private final ThreadFactory threadFactory;
    private final BackendCalls calls;
    private final CpuBudget budget = new CpuBudget();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean closed;
    private boolean woken;
    private boolean started;
    private @Nullable Thread thread;
    private volatile @Nullable AgentLoop loop;

    public AgentRunner(AgentParts parts, ThreadFactory threadFactory) {
        this.parts = parts;
        this.threadFactory = threadFactory;
        calls = new BackendCalls(parts.source(), parts.device());
    }

    @Override
    public void start() {
        lock.lock();
        try {
            if (closed || started) {
                throw new IllegalStateException(closed ? "the agent is closed" : "the agent runs already");
            }
            started = true;
        } finally {
            lock.unlock();
        }
        boolean running = false;
        try {
            Thread made = threadFactory.newThread(this::run);
            if (made == null) {
                throw new IllegalStateException("the agent does not run: the thread factory made no thread");
            }
            begun(made);
            made.start();
            running = true;
        } finally {
            if (!running) {
                begun(null);
            }
        }
    }

    private void begun(@Nullable Thread made) {
        lock.lock();
        try {
            started = made != null;
            thread = made;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public List<PeerStatus> statuses() {
        AgentLoop running = loop;
        return running == null ? List.of() : running.statuses();
    }

    @Override
    public List<RelayStatus> relays() {
        AgentLoop running = loop;
        return running == null ? List.of() : running.relays();
    }

    @Override
    public AgentStats stats() {
        AgentLoop running = loop;
        return running == null ? AgentStats.builder().build() : running.stats();
    }

    @Override
    public void close() {
        Thread running;
        lock.lock();
        try {
            if (!closed) {
                // Before the agent can see that it is closed, since it then calls the source once more.
                calls.cancel();
            }
            closed = true;
            changed.signalAll();
            running = thread;
        } finally {
            lock.unlock();
        }
        if (running != null) {
            Threads.join(running);
        }
    }

    private void run() {
        if (isClosed()) {
            return;
        }
        try {
            AgentLoop steps = new AgentLoop(parts, calls, this::wake);
            loop = steps;
            try (NetworkWatch watch = watch(steps)) {
                watch.start(threadFactory);
                while (!isClosed()) {
                    step(steps);
                }
            }
            calls.allowAgain();
            steps.end();
        } catch (RuntimeException | Error e) {
            // After an error nothing that is remembered can be trusted.
            Uncaught.report(e);
            new Callbacks(parts)
                    .report(new AgentEvent.Ended("the agent of " + parts.device()
                            + " has ended, and its peers are no longer maintained: " + e + "; start it again"));
        }
    }

    private NetworkWatch watch(AgentLoop steps) {
        List<InetSocketAddress> servers = parts.channels().stream()
                .flatMap(channel -> channel.servers().stream())
                .toList();
        return new NetworkWatch(parts.routes(), parts.device(), servers, () -> {
            steps.networkChanged();
            wake();
        });
    }

    private void step(AgentLoop steps) {
        long began = System.nanoTime();
        Duration next = Duration.ofSeconds(1);
        try {
            next = steps.step();
        } catch (RuntimeException e) {
            // Code of the caller may break its promise; the endpoints are kept right all the same.
            Uncaught.report(e);
        }
        // A move is short, and has a share of its own.
        Duration least = steps.wasMove() ? Duration.ZERO : budget.pause(began, System.nanoTime());
        await(next, steps.isMoving() ? Duration.ZERO : least);
    }

    private boolean isClosed() {
        lock.lock();
        try {
            return closed;
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

    /** Waits until the next step is due or an answer has arrived, and at least as long as the budget demands. */
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
            // Only close() ends the agent, by its flag.
            woken = false;
        } finally {
            lock.unlock();
        }
    }
}
