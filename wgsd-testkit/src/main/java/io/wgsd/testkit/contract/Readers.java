package io.wgsd.testkit.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLongArray;

/** Readers of a device that go on until they are told to stop, and a writer that lets them keep up. */
final class Readers {

    private final int count;
    private final AtomicLongArray readings;
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final List<Crew.Member<Long>> members = new ArrayList<>();

    Readers(int count) {
        this.count = count;
        this.readings = new AtomicLongArray(count);
    }

    void start(Crew crew, Callable<?> reading) {
        for (int i = 0; i < count; i++) {
            int reader = i;
            members.add(crew.start(() -> {
                while (!stopped.get()) {
                    reading.call();
                    readings.incrementAndGet(reader);
                }
                return readings.get(reader);
            }));
        }
    }

    /** Waits until each reader has begun and ended a reading from now on. */
    void awaitReadings() throws Exception {
        for (int i = 0; i < count; i++) {
            int reader = i;
            // The reading that ends next may have begun before.
            long enough = readings.get(reader) + 2;
            boolean inTime = Patience.until(
                    () -> readings.get(reader) >= enough || members.get(reader).isDone());
            if (!inTime || members.get(reader).isDone()) {
                // It has failed, or never ends: its result says which.
                members.get(reader).result();
            }
        }
    }

    void stop() throws Exception {
        stopped.set(true);
        for (Crew.Member<Long> member : members) {
            member.result();
        }
    }
}
