package io.wgsd.discovery;

import io.wgsd.internal.OneLine;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Says that a registry could not be asked, or that what it answered is of no use; that a peer is not advertised is no
 * error.
 *
 * <p>The message is one line that says which server was asked for which name, what happened, and what to do.
 */
public final class DiscoveryException extends IOException {

    private static final long serialVersionUID = 1L;

    /** What happened; more kinds may be added. */
    public enum Kind {
        /** The server does not answer this host, or not about this zone. */
        REFUSED,
        /** The server says that there is no such name, but by another zone's authority: it does not know the zone. */
        WRONG_SERVER,
        /** No answer came in time. */
        TIMED_OUT,
        /** The system says that the server cannot be reached, or that nothing listens there. */
        UNREACHABLE,
        /** What came is no answer to the question, or contradicts itself. */
        MALFORMED,
        /** What came is not signed by the signer that was demanded. */
        NOT_SIGNED,
        /** The server says that it has failed. */
        SERVER_FAILURE,
        /** The thread was interrupted, or the client closed. */
        CANCELLED
    }

    private final Kind kind;
    private final transient @Nullable InetSocketAddress server;

    /**
     * Makes an exception.
     *
     * @param kind what happened
     * @param server with which server; null where it was none's fault
     * @param message which server was asked for which name, what happened, and what to do; made one line
     * @param cause what it follows from; null where that is nothing
     */
    public DiscoveryException(
            Kind kind, @Nullable InetSocketAddress server, String message, @Nullable Throwable cause) {
        super(OneLine.of(message), cause);
        this.kind = kind;
        this.server = server;
    }

    /**
     * Returns what happened.
     *
     * @return the kind
     */
    public Kind kind() {
        return kind;
    }

    /**
     * Returns the server that it happened with; of several the one that tells most.
     *
     * @return the server; empty where it was none's fault, or the exception was serialized
     */
    public Optional<InetSocketAddress> server() {
        return Optional.ofNullable(server);
    }
}
