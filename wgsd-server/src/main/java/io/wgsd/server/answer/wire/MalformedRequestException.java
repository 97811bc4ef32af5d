package io.wgsd.server.answer.wire;

/** Says that a message is not a request as RFC 1035, section 4, and RFC 6891 have it. */
public final class MalformedRequestException extends Exception {

    private static final long serialVersionUID = 1L;

    public MalformedRequestException(String reason) {
        // Garbage from outside must not make this host walk stacks.
        super(reason, null, false, false);
    }
}
