package io.wgsd.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures all cases in turns, in many short rounds: what else the machine does then meets all of them alike. Each
 * other round goes backwards, so that no case always follows the same one.
 */
final class Rounds {

    /** How long one case's part of a round is to take, so that the clock's own error does not count. */
    private static final Duration PART = Duration.ofMillis(20);

    private static final int MOST_TIMES = 2000;

    private final int number;
    private final Duration warmUp;

    /**
     * Makes rounds.
     *
     * @param number how many
     * @param warmUp how long each case runs before the first of them
     */
    Rounds(int number, Duration warmUp) {
        this.number = number;
        this.warmUp = warmUp;
    }

    /** Returns the nanoseconds that each case took each round. */
    Map<Case, Samples> run(List<Trial> trials) throws IOException {
        Map<Case, Integer> times = new LinkedHashMap<>();
        Map<Case, double[]> nanos = new LinkedHashMap<>();
        for (Trial trial : trials) {
            times.put(trial.what(), warmUp(trial.work()));
            nanos.put(trial.what(), new double[number]);
        }
        List<Trial> turns = new ArrayList<>(trials);
        for (int round = 0; round < number; round++) {
            for (Trial trial : turns) {
                int count = times.get(trial.what());
                nanos.get(trial.what())[round] = (double) trial.work().nanos(count) / count;
            }
            Collections.reverse(turns);
        }
        Map<Case, Samples> samples = new LinkedHashMap<>();
        nanos.forEach((what, values) -> samples.put(what, Samples.of(values)));
        return samples;
    }

    /** Returns how many times the work fits one part. */
    private int warmUp(Trial.Work work) throws IOException {
        long begin = System.nanoTime();
        int times = 1;
        do {
            long took = Math.max(1, work.nanos(times));
            times = (int) Math.max(1, Math.min(MOST_TIMES, PART.toNanos() * times / took));
        } while (System.nanoTime() - begin < warmUp.toNanos());
        return times;
    }
}
