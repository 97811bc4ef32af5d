package io.wgsd.discovery;

import io.wgsd.internal.OneLine;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Says that a registry could not be asked, or that its answer is of no use. It is not an error that a peer is not
 * advertised.
 *
 * <p>The message is one line that says which server was asked for which name, what happened, and what to do.
 */
public final class DiscoveryException extends IOException {

    private static final long serialVersionUID = 1L;

    /** What happened. More kinds may be added, so a {@code switch} over them needs a {@code default}. */
    public enum Kind {
        /** The server does not answer this host, or not about this zone. */
        REFUSED,
        /** The server says that there is no such name, but by another zone's authority: it does not know the zone. */
        WRONG_SERVER,
        /** No answer came in time. */
        TIMED_OUT,
        /** The system says that the server cannot be reached, or that nothing listens there. */
        UNREACHABLE,
        /** The response does not answer the question, or contradicts itself. */
        MALFORMED,
        /** The response is not signed by the signer that was demanded. */
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
     * @param server with which server; null if no server is to blame
     * @param message which server was asked for which name, what happened, and what to do; line breaks are removed
     * @param cause the exception that caused it; null if there is none
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
     * Returns the server that it happened with; of several, the one whose answer says most.
     *
     * @return the server; empty if no server is to blame, or the exception was serialized
     */
    public Optional<InetSocketAddress> server() {
        return Optional.ofNullable(server);
    }
}
