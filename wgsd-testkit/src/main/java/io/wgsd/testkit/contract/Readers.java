package io.wgsd.testkit.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Readers of a device that go on until they are told to stop, and whom the test can wait for. */
final class Readers {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition progress = lock.newCondition();
    private final List<Crew.Member<Boolean>> members = new ArrayList<>();
    private final long[] readings;
    private volatile boolean stopped;
    private volatile boolean failed;

    Readers(int count) {
        readings = new long[count];
    }

    void start(Crew crew, Callable<?> reading) {
        for (int i = 0; i < readings.length; i++) {
            int reader = i;
            members.add(crew.start(() -> {
                boolean ended = false;
                try {
                    while (!stopped) {
                        reading.call();
                        count(reader);
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

    /** Waits until each reader has begun and ended a reading from now on, or one of them has failed. */
    void awaitReadings() throws Exception {
        lock.lock();
        try {
            long[] enough = readings.clone();
            for (int i = 0; i < enough.length; i++) {
                // The reading that ends next may have begun before.
                enough[i] += 2;
            }
            long remaining = Patience.LIMIT.toNanos();
            while (!failed && !reached(enough)) {
                if (remaining <= 0) {
                    throw new AssertionError("no more readings within " + Patience.LIMIT.toSeconds() + " s");
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

    /** Ends the readers; throws what one of them threw. */
    void stop() throws Exception {
        stopped = true;
        for (Crew.Member<Boolean> member : members) {
            member.result();
        }
    }

    private boolean reached(long[] enough) {
        for (int i = 0; i < enough.length; i++) {
            if (readings[i] < enough[i]) {
                return false;
            }
        }
        return true;
    }

    private void count(int reader) {
        lock.lock();
        try {
            readings[reader]++;
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
