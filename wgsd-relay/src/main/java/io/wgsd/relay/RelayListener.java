package io.wgsd.relay;

import io.wgsd.model.Endpoint;
import io.wgsd.model.PublicKey;

/**
 * Is called when something happens to a relay, on the thread of the relay's own sessions, which waits for it; data are
 * forwarded meanwhile. It may call all methods of the relay.
 *
 * <p>By default, what an operator has to know is logged as a warning; the other methods do nothing by default.
 */
public interface RelayListener {

    /**
     * Called when a member has a session with the relay, so that others reach it there.
     *
     * @param member the member
     * @param endpoint where the relay hears it
     */
    default void attached(PublicKey member, Endpoint endpoint) {}

    /**
     * Called when a member is heard at another endpoint.
     *
     * @param member the member
     * @param endpoint where the relay hears it
     */
    default void moved(PublicKey member, Endpoint endpoint) {}

    /**
     * Called when a member was not heard for three minutes, is no longer a member, or another member is heard at
     * its endpoint.
     *
     * @param member the member
     */
    default void detached(PublicKey member) {}

    /**
     * Called with what an operator should know: something does not work, such as that the state cannot be saved.
     *
     * @param line one line: what, where, what to do
     */
    default void problem(String line) {
        Unheard.LOG.warn("{}", line);
    }

    /**
     * Called when an error, such as an {@code OutOfMemoryError}, has ended one of the relay's threads. Nothing is
     * forwarded any more, and after this call the relay closes itself. It is called once at most, on the thread that
     * fails; the error is logged in any case.
     *
     * @param error what has ended the thread
     */
    default void ended(Throwable error) {}
}
