package io.wgsd.discovery.lookup;

import java.time.Duration;

/** Lets time pass. */
@FunctionalInterface
public interface Pause {

    /** Blocks for some time; in tests a virtual clock advances instead. */
    void sleep(Duration time) throws InterruptedException;

    static Pause real() {
        return time -> Thread.sleep(time.toMillis());
    }
}
