package io.wgsd.server.answer;

import org.jspecify.annotations.Nullable;

/** What becomes of a message. */
public final class Reply {

    private final Outcome outcome;
    private final byte @Nullable [] message;

    Reply(Outcome outcome, byte[] message) {
        this.outcome = outcome;
        this.message = message;
    }

    private Reply(Outcome outcome) {
        this.outcome = outcome;
        message = null;
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
     * Returns what is sent back.
     *
     * @return the response, not copied; null for silence
     */
    public byte @Nullable [] message() {
        return message;
    }

    @Override
    public String toString() {
        return outcome + (message == null ? "" : " (" + message.length + " bytes)");
    }
}
