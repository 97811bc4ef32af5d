package io.wgsd.portmap.exchange;

import java.time.Duration;

/**
 * How often a question is sent, and how long is waited for its answer.
 *
 * @param first how long is waited the first time; each time after that twice as long
 * @param attempts how often it is sent
 * @param stoppable whether it is given up when the asker ends
 */
public record Patience(Duration first, int attempts, boolean stoppable) {

    /** As RFC 6886 has it, but given up after 1.75 seconds: routers are near. */
    public static final Patience USUAL = new Patience(Duration.ofMillis(250), 3, true);

    /** For what is done at the end, which nobody wants to wait for. */
    public static final Patience SHORT = new Patience(Duration.ofMillis(100), 2, false);
}
