package io.wgsd.testkit.net;

import io.wgsd.model.Endpoint;
import java.util.Objects;

/**
 * A UDP datagram on its way through a {@link SimulatedNet}.
 *
 * <p>Immutable and thread-safe if its payload is.
 *
 * @param source where it seems to come from; NATs rewrite it on the way out
 * @param destination where it is sent to; NATs rewrite it on the way in
 * @param length how many bytes its payload would have, 0 to 65507
 * @param payload what it carries: a value, not bytes
 */
public record Datagram(Endpoint source, Endpoint destination, int length, Object payload) {

    private static final int MAX_LENGTH = 65_507;

    /**
     * Makes a datagram.
     *
     * @param source where it seems to come from
     * @param destination where it goes
     * @param length how many bytes its payload would have
     * @param payload what it carries
     */
    public Datagram {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(destination, "destination");
        Objects.requireNonNull(payload, "payload");
        if (length < 0 || length > MAX_LENGTH) {
            throw new IllegalArgumentException("length must be 0.." + MAX_LENGTH + " bytes, was " + length);
        }
    }

    Datagram from(Endpoint translated) {
        return new Datagram(translated, destination, length, payload);
    }

    Datagram to(Endpoint translated) {
        return new Datagram(source, translated, length, payload);
    }

    /** Returns source, destination, length and payload. */
    @Override
    public String toString() {
        return source + " > " + destination + ", " + length + " bytes: " + payload;
    }
}
