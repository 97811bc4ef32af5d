package io.wgsd.server.answer;

import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/** What becomes of a message; for one thread. */
public final class Response {

    private final Outcome outcome;
    private final byte @Nullable [] message;
    private final Iterator<byte[]> rest;
    private final @Nullable Long serial;
    private final @Nullable Name key;
    private final @Nullable String reason;

    private Response(
            Outcome outcome,
            byte @Nullable [] message,
            Iterator<byte[]> rest,
            @Nullable Long serial,
            @Nullable Name key,
            @Nullable String reason) {
        this.outcome = outcome;
        this.message = message;
        this.rest = rest;
        this.serial = serial;
        this.key = key;
        this.reason = reason;
    }

    /**
     * Makes a response of one message.
     *
     * @param outcome what became of the request
     * @param message the whole response
     */
    public Response(Outcome outcome, byte[] message) {
        this(outcome, message, Collections.emptyIterator(), null, null, null);
    }

    static Response transfer(Outcome outcome, Iterator<byte[]> messages, long serial) {
        return new Response(outcome, messages.next(), messages, serial, null, null);
    }

    /** Returns the same response, as one that gives the client the zone's serial. */
    Response showing(long zoneSerial) {
        return new Response(outcome, message, rest, zoneSerial, key, reason);
    }

    /** Returns the same response, as one to the holder of a key. */
    Response toHolderOf(Name keyName) {
        return new Response(outcome, message, rest, serial, keyName, reason);
    }

    /** Returns the same response, with the reason for it. */
    public Response because(String why) {
        return new Response(outcome, message, rest, serial, key, why);
    }

    /** Returns the same response with each message changed as it is sent. */
    Response map(UnaryOperator<byte[]> change) {
        if (message == null) {
            return this;
        }
        Iterator<byte[]> unchanged = rest;
        Iterator<byte[]> changed = new Iterator<>() {
            @Override
            public boolean hasNext() {
                return unchanged.hasNext();
            }

            @Override
            public byte[] next() {
                return change.apply(unchanged.next());
            }
        };
        return new Response(outcome, change.apply(message), changed, serial, key, reason);
    }

    static Response silence(Outcome outcome) {
        return new Response(outcome, null, Collections.emptyIterator(), null, null, null);
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
     * @return {@link #message()}, and behind it the other messages of a transfer, each made when it is asked for; none
     *     for silence
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
     * Returns which serial the client learns, as do secondaries that check whether theirs is the newest.
     *
     * @return the serial, where this answers a question for the SOA or is a transfer
     */
    public OptionalLong serial() {
        return serial == null ? OptionalLong.empty() : OptionalLong.of(serial);
    }

    /**
     * Returns the name of the key that the client has shown to hold.
     *
     * @return the name; empty where the message was not signed, or not well
     */
    public Optional<Name> key() {
        return Optional.ofNullable(key);
    }

    /**
     * Returns why the client does not get what it asked for.
     *
     * @return the reason, as the client may be told it too; empty where there is none
     */
    Optional<String> reason() {
        return Optional.ofNullable(reason);
    }

    @Override
    public String toString() {
        return outcome + (message == null ? "" : " (" + message.length + " bytes)");
    }
}
