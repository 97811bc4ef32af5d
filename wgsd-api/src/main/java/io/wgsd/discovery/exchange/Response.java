package io.wgsd.discovery.exchange;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;

/** A response that could be used, NXDOMAIN included. Thread-safe if nobody changes its message. */
public final class Response {

    private final Duration took;
    private final @Nullable ServiceResponse service;
    private final byte[] wire;
    private volatile @Nullable Message message;

    private Response(@Nullable Message message, @Nullable ServiceResponse service, byte[] wire, Duration took) {
        this.message = message;
        this.service = service;
        this.wire = wire;
        this.took = took;
    }

    /**
     * Makes a response of a message.
     *
     * @param message the message
     * @param took how long it took, from when the question was first sent
     */
    public Response(Message message, Duration took) {
        this(message, null, new byte[0], took);
    }

    /** Makes one of the usual response to a question for SRV; its message is made only if somebody asks for it. */
    static Response of(ServiceResponse service, byte[] wire, Duration took) {
        return new Response(null, service, wire, took);
    }

    /** Returns what the response says, if it is the usual one to a question for SRV; otherwise null. */
    public @Nullable ServiceResponse service() {
        return service;
    }

    /** Returns the response. */
    public Message message() {
        Message known = message;
        if (known == null) {
            known = parsed(wire);
            message = known;
        }
        return known;
    }

    /** Returns how long it took, from when the question was first sent. */
    public Duration took() {
        return took;
    }

    /** Returns whether records are missing that could not be had over TCP either. */
    public boolean isTruncated() {
        return service == null && message().getHeader().getFlag(Flags.TC);
    }

    private static Message parsed(byte[] wire) {
        try {
            return new Message(wire);
        } catch (IOException e) {
            throw new IllegalStateException("a response was read that cannot be read", e);
        }
    }
}
