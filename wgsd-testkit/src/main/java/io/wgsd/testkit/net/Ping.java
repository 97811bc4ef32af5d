package io.wgsd.testkit.net;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A question through a tunnel whether the other side is there; not thread-safe. */
public final class Ping {

    private final SendResult sendResult;
    private final Duration sentAt;
    private @Nullable Duration answeredAt;

    Ping(SendResult sendResult, Duration sentAt) {
        this.sendResult = sendResult;
        this.sentAt = sentAt;
    }

    /**
     * Returns what became of the question.
     *
     * @return whether it was sent, waits, or was refused
     */
    public SendResult sendResult() {
        return sendResult;
    }

    /**
     * Returns whether the answer is there; {@code timeline.runUntil(ping::isAnswered, limit)} waits for it.
     *
     * @return whether the other side has answered
     */
    public boolean isAnswered() {
        return answeredAt != null;
    }

    /**
     * Returns how long it took, a handshake that had to come first included.
     *
     * @return the time from question to answer; empty while there is none
     */
    public Optional<Duration> roundTrip() {
        return Optional.ofNullable(answeredAt).map(answered -> answered.minus(sentAt));
    }

    @Override
    public String toString() {
        return "Ping[" + sendResult + ", "
                + roundTrip().map(time -> time.toNanos() / 1e6 + " ms").orElse("not answered") + "]";
    }

    void answer(Duration at) {
        if (answeredAt == null) {
            answeredAt = at;
        }
    }
}
