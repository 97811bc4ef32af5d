package io.wgsd.internal.exchange;

import java.time.Duration;

/** How long and how often a question is asked: each round of servers has twice the time of the round before. */
public record Policy(Duration timeout, int attempts) {

    /** Returns how long to wait for one of {@code servers} in a round, so that all rounds together last the time-out. */
    Duration patience(int round, int servers) {
        long shares = (1L << attempts) - 1;
        return timeout.multipliedBy(1L << round).dividedBy(shares * servers);
    }
}
