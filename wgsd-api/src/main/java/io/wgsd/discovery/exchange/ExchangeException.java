package io.wgsd.discovery.exchange;

import java.io.IOException;
import java.net.InetSocketAddress;

/** Says that no server gave a usable response, with the reason that says most. */
public final class ExchangeException extends IOException {

    private static final long serialVersionUID = 1L;

    /** Why there is no response. */
    public enum Reason {
        /** The server does not answer this client, or not about this name. */
        REFUSED,
        /** The server says that it could not find the answer. */
        SERVER_FAILURE,
        /** The server denies the name, but not as one that knows the zone does. */
        WRONG_SERVER,
        /** What the server sent is not a response to the question. */
        MALFORMED,
        /** The answer is not signed as demanded, or its signatures are not valid. */
        NOT_SIGNED,
        /** The system says that the server cannot be reached. */
        UNREACHABLE,
        /** No response came in time. */
        TIMED_OUT,
        /** The client closed the exchange. */
        CLOSED
    }

    private final Reason reason;
    private final InetSocketAddress server;

    public ExchangeException(Reason reason, InetSocketAddress server, String detail) {
        super(detail);
        this.reason = reason;
        this.server = server;
    }

    public Reason reason() {
        return reason;
    }

    public InetSocketAddress server() {
        return server;
    }
}
