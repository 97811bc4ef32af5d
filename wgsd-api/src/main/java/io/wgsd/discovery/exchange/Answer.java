package io.wgsd.discovery.exchange;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;

/** A reply that was good enough, NXDOMAIN included. Thread-safe if nobody changes its message. */
public final class Answer {

    private final Duration took;
    private final @Nullable ServiceReply service;
    private final byte[] wire;
    private volatile @Nullable Message message;

    private Answer(@Nullable Message message, @Nullable ServiceReply service, byte[] wire, Duration took) {
        this.message = message;
        this.service = service;
        this.wire = wire;
        this.took = took;
    }

    /**
     * Makes an answer of a message.
     *
     * @param message the reply
     * @param took how long it took, from when the question was first sent
     */
    public Answer(Message message, Duration took) {
        this(message, null, new byte[0], took);
    }

    /** Makes an answer of the usual reply to a question for SRV, from which its message is made only where somebody asks for it. */
    static Answer of(ServiceReply service, byte[] wire, Duration took) {
        return new Answer(null, service, wire, took);
    }

    /** Returns what the reply says, where it is the usual one to a question for SRV. */
    public @Nullable ServiceReply service() {
        return service;
    }

    /** Returns the reply. */
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
            throw new IllegalStateException("a reply was read that cannot be read", e);
        }
    }
}
