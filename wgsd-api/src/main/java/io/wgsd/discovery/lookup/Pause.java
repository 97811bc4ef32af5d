package io.wgsd.discovery.lookup;

import java.time.Duration;

/** Lets time pass. */
@FunctionalInterface
public interface Pause {

    /** Blocks for so long; a clock of tests' own goes on instead. */
    void sleep(Duration time) throws InterruptedException;

    static Pause real() {
        return time -> Thread.sleep(time.toMillis());
    }
}
