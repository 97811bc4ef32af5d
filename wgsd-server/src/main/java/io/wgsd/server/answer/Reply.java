package io.wgsd.server.answer;

import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What becomes of a message; for one thread. */
public final class Reply {

    private final Outcome outcome;
    private final byte @Nullable [] message;
    private final Iterator<byte[]> rest;
    private final boolean showsSerial;

    private Reply(Outcome outcome, byte @Nullable [] message, Iterator<byte[]> rest, boolean showsSerial) {
        this.outcome = outcome;
        this.message = message;
        this.rest = rest;
        this.showsSerial = showsSerial;
    }

    Reply(Outcome outcome, byte[] message) {
        this(outcome, message, Collections.emptyIterator(), false);
    }

    private Reply(Outcome outcome) {
        this(outcome, null, Collections.emptyIterator(), false);
    }

    static Reply transfer(Outcome outcome, Iterator<byte[]> messages) {
        return new Reply(outcome, messages.next(), messages, true);
    }

    /** Returns the same reply, as one that tells the asker the zone's serial. */
    Reply showingSerial() {
        return new Reply(outcome, message, rest, true);
    }

    static Reply silence(Outcome outcome) {
        return new Reply(outcome);
    }

    /**
     * Returns what the message was.
     *
     * @return the outcome, to be counted
     */
    public Outcome outcome() {
        return outcome;
    }

    /**
     * Returns what is sent back, of a transfer the first message.
     *
     * @return the response, not copied; null for silence
     */
    public byte @Nullable [] message() {
        return message;
    }

    /**
     * Returns what is sent back over TCP.
     *
     * @return {@link #message()}, and behind it the other messages of a transfer, each made when it is asked for; none for
     *     silence
     */
    public Iterator<byte[]> messages() {
        if (message == null) {
            return Collections.emptyIterator();
        }
        Iterator<byte[]> first = List.of(message).iterator();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return first.hasNext() || rest.hasNext();
            }

            @Override
            public byte[] next() {
                return first.hasNext() ? first.next() : rest.next();
            }
        };
    }

    /**
     * Returns whether the asker learns the zone's serial, as secondaries do who look whether theirs is the newest.
     *
     * @return whether this answers a question for the SOA, or is a transfer
     */
    public boolean showsSerial() {
        return showsSerial;
    }

    @Override
    public String toString() {
        return outcome + (message == null ? "" : " (" + message.length + " bytes)");
    }
}
