package io.wgsd.relay;

import io.wgsd.model.Endpoint;
import io.wgsd.model.PublicKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Is called when something happens to a relay, on the thread of the relay's own sessions, which waits for it; data
 * are forwarded meanwhile. It may call all methods of the relay.
 *
 * <p>By default, what an operator has to know is logged, and the other methods do nothing.
 */
public interface RelayListener {

    /**
     * A member has a session with the relay, so that others reach it there.
     *
     * @param member the member
     * @param endpoint where the relay hears it
     */
    default void attached(PublicKey member, Endpoint endpoint) {}

    /**
     * A member is heard at another endpoint from now on.
     *
     * @param member the member
     * @param endpoint where the relay hears it
     */
    default void moved(PublicKey member, Endpoint endpoint) {}

    /**
     * A member was not heard for three minutes, is no longer a member, or another member is heard at its endpoint.
     *
     * @param member the member
     */
    default void detached(PublicKey member) {}

    /**
     * Something does not work that an operator should know of, such as that the state cannot be saved.
     *
     * @param line one line: what, where, what to do
     */
    default void problem(String line) {
        Log.LOG.warn("{}", line);
    }

    /**
     * An error has ended one of the relay's threads, so that nothing is forwarded any more; after this call the relay
     * closes itself. Called once at most, on the thread that fails; the error is logged in any case.
     *
     * @param error what has ended the thread
     */
    default void failed(Throwable error) {}

    /** The log of those who do not listen. */
    final class Log {

        static final Logger LOG = LoggerFactory.getLogger(Relay.class);

        private Log() {}
    }
}
