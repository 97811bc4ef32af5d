package io.wgsd.discovery.agent;

import io.wgsd.discovery.AgentStats;
import io.wgsd.discovery.PeerStatus;
import io.wgsd.discovery.RelayStatus;
import io.wgsd.discovery.route.PolledChanges;
import io.wgsd.internal.Uncaught;
import io.wgsd.spi.NetworkChanges;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * An agent whose steps are tasks of an executor that the application has, and which may be in virtual time.
 * Thread-safe.
 */
public final class ScheduledRun implements AgentRun {

    private static final Duration NETWORK_CHECK = Duration.ofMillis(200);
    private static final Duration AFTER_A_FAULT = Duration.ofSeconds(1);

    private final AgentParts parts;
    private final ScheduledExecutorService executor;
    private final BackendCalls calls;
    private final CpuBudget budget = new CpuBudget();
    private final LongSupplier nanoTime;

    /** Held by a step, and by the end, which waits for it. */
    private final ReentrantLock stepping = new ReentrantLock();

    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable ScheduledFuture<?> next;
    private @Nullable ScheduledFuture<?> networkCheck;
    private long notBefore;
    private boolean started;
    private boolean closed;
    private boolean running;
    private boolean woken;
    private boolean ended;
    private volatile @Nullable AgentLoop loop;

    public ScheduledRun(AgentParts parts, ScheduledExecutorService executor) {
        this.parts = parts;
        this.executor = executor;
        calls = new BackendCalls(parts.source(), parts.device());
        nanoTime = () -> parts.clock().now().nanos();
    }

    @Override
    public void start() {
        lock.lock();
        try {
            if (closed || started) {
                throw new IllegalStateException(closed ? "the agent is closed" : "the agent runs already");
            }
            notBefore = nanoTime.getAsLong();
            next = executor.schedule(this::step, 0, TimeUnit.NANOSECONDS);
            started = true;
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
        lock.lock();
        try {
            if (!closed) {
                // Before the agent can see that it is closed, since it then calls the source once more.
                calls.cancel();
            }
            closed = true;
            cancel(next);
        } finally {
            lock.unlock();
        }
        // A listener that closes the agent does so within a step, which then ends the agent itself.
        if (!stepping.isHeldByCurrentThread()) {
            stepping.lock();
            try {
                end();
            } finally {
                stepping.unlock();
            }
        }
    }

    private void step() {
        stepping.lock();
        try {
            if (!begins()) {
                return;
            }
            long began = nanoTime.getAsLong();
            Duration pause = AFTER_A_FAULT;
            try {
                pause = loop().step();
            } catch (RuntimeException e) {
                // Code of the application's may break its promise; the endpoints are kept right all the same.
                Uncaught.report(e);
            }
            long now = nanoTime.getAsLong();
            // A move is short, and has a share of its own.
            Duration least = loop().wasMove() ? Duration.ZERO : budget.pause(began, now);
            ends(now, pause, loop().isMoving() ? Duration.ZERO : least);
        } finally {
            stepping.unlock();
        }
    }

    /** Returns whether a step may begin, which is then the only one that is due. */
    private boolean begins() {
        lock.lock();
        try {
            cancel(next);
            running = !closed;
            woken = false;
            return running;
        } finally {
            lock.unlock();
        }
    }

    private void ends(long now, Duration pause, Duration least) {
        lock.lock();
        try {
            running = false;
            notBefore = now + least.toNanos();
            if (!closed) {
                schedule(woken ? now : now + pause.toNanos());
                return;
            }
        } finally {
            lock.unlock();
        }
        end();
    }

    private void end() {
        AgentLoop existing = loop;
        if (existing != null && !ended) {
            ended = true;
            cancel(networkCheck);
            calls.allowAgain();
            existing.end();
        }
    }

    private AgentLoop loop() {
        AgentLoop existing = loop;
        if (existing != null) {
            return existing;
        }
        AgentLoop made = new AgentLoop(parts, calls, this::wake);
        loop = made;
        List<InetSocketAddress> servers = parts.channels().stream()
                .flatMap(channel -> channel.servers().stream())
                .toList();
        NetworkChanges changes = new PolledChanges(parts.routes(), parts.device(), servers);
        networkCheck = executor.scheduleWithFixedDelay(
                () -> check(made, changes), NETWORK_CHECK.toNanos(), NETWORK_CHECK.toNanos(), TimeUnit.NANOSECONDS);
        return made;
    }

    private void check(AgentLoop running, NetworkChanges changes) {
        try {
            if (changes.await(Duration.ZERO)) {
                running.networkChanged();
                wake();
            }
        } catch (IOException | RuntimeException e) {
            Uncaught.report(e);
        }
    }

    /** Takes the next step now, or, while there is one under way, right after that. */
    private void wake() {
        lock.lock();
        try {
            woken = true;
            if (!running && !closed) {
                schedule(nanoTime.getAsLong());
            }
        } finally {
            lock.unlock();
        }
    }

    private void schedule(long at) {
        cancel(next);
        long due = at - notBefore > 0 ? at : notBefore;
        try {
            next = executor.schedule(this::step, Math.max(0, due - nanoTime.getAsLong()), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            // The application has shut its executor down, and with it the agent.
            next = null;
        }
    }

    private static void cancel(@Nullable ScheduledFuture<?> task) {
        if (task != null) {
            task.cancel(false);
        }
    }
}
