package io.wgsd.testkit.contract.support;

import io.wgsd.testkit.contract.Await;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Threads that repeat the same call until they are stopped, and that a test can wait for. */
public final class RepeatedCalls {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition progress = lock.newCondition();
    private final List<ParallelCalls.Call<Boolean>> running = new ArrayList<>();
    private final long[] rounds;
    private volatile boolean stopped;
    private volatile boolean failed;

    public RepeatedCalls(int count) {
        rounds = new long[count];
    }

    public void start(ParallelCalls calls, Callable<?> round) {
        for (int i = 0; i < rounds.length; i++) {
            int worker = i;
            running.add(calls.start(() -> {
                boolean ended = false;
                try {
                    while (!stopped) {
                        round.call();
                        count(worker);
                    }
                    ended = true;
                } finally {
                    if (!ended) {
                        fail();
                    }
                }
                return ended;
            }));
        }
    }

    /** Waits until each has begun and ended a round from now on, or one of them has failed. */
    public void awaitRounds() throws Exception {
        lock.lock();
        try {
            long[] enough = rounds.clone();
            for (int i = 0; i < enough.length; i++) {
                // The round that ends next may have begun before.
                enough[i] += 2;
            }
            long remaining = Await.LIMIT.toNanos();
            while (!failed && !reached(enough)) {
                if (remaining <= 0) {
                    throw new AssertionError("no whole round within " + Await.LIMIT.toSeconds() + " s");
                }
                remaining = progress.awaitNanos(remaining);
            }
        } finally {
            lock.unlock();
        }
        if (failed) {
            stop();
        }
    }

    /** Ends them; throws what one of them threw. */
    public void stop() throws Exception {
        stopped = true;
        for (ParallelCalls.Call<Boolean> call : running) {
            call.result();
        }
    }

    private boolean reached(long[] enough) {
        for (int i = 0; i < enough.length; i++) {
            if (rounds[i] < enough[i]) {
                return false;
            }
        }
        return true;
    }

    private void count(int worker) {
        lock.lock();
        try {
            rounds[worker]++;
            progress.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void fail() {
        lock.lock();
        try {
            failed = true;
            stopped = true;
            progress.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
