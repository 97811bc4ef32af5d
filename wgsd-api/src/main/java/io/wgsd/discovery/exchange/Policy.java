package io.wgsd.discovery.exchange;

import java.time.Duration;

/** How long and how often a question is asked: each round of servers has twice the time of the round before. */
public record Policy(Duration timeout, int attempts) {

    /**
     * Returns how long to wait for one of {@code servers} in a round, so that all rounds together last the time-out.
     */
    Duration patience(int round, int servers) {
        // Duration divides by means of BigDecimal, which takes a new process longer than all the rest of a question.
        long shares = ((1L << attempts) - 1) * servers;
        long nanos = timeout.toNanos();
        return Duration.ofNanos(((nanos / shares) << round) + ((nanos % shares) << round) / shares);
    }
}
