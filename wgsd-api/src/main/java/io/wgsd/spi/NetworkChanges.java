package io.wgsd.spi;

import java.io.IOException;
import java.time.Duration;

/** Reports changes of this host's interfaces, addresses and routes, from when it was opened on. */
public interface NetworkChanges extends AutoCloseable {

    /**
     * Waits for a change; for one thread at a time, which is not disturbed by an interrupt.
     *
     * @param atMost how long, zero or more
     * @return whether something has changed since the call before; false where the time is up, or another thread has
     *     closed this
     * @throws IOException if the system stops reporting them
     */
    boolean await(Duration atMost) throws IOException;

    /** Ends a wait, and frees all resources; a second call does nothing. */
    @Override
    void close();
}
