package io.wgsd.relay.session;

import java.time.Duration;

/** WireGuard's times, in nanoseconds (drivers/net/wireguard/messages.h), and the relay's own. */
final class Protocol {

    /** REKEY_TIMEOUT: an initiation that was not answered for so long is made again. */
    static final long REKEY_TIMEOUT = seconds(5);
    /** REKEY_AFTER_TIME: the initiator of a session of that age begins the next one. */
    static final long REKEY_AFTER = seconds(120);
    /** REJECT_AFTER_TIME: nothing that belongs to an older session is taken. */
    static final long REJECT_AFTER = seconds(180);
    /** COOKIE_SECRET_MAX_AGE, less COOKIE_SECRET_LATENCY: so long a cookie is shown. */
    static final long COOKIE_SHOWN = seconds(115);
    /** COOKIE_SECRET_MAX_AGE: so long a cookie is good. */
    static final long COOKIE_SECRET_AGE = seconds(120);

    /** A member drops what comes sooner after the initiation before (receive.c, INITIATIONS_PER_SECOND: 50), and a bit more. */
    static final long INITIATIONS_APART = Duration.ofMillis(30).toNanos();

    /** How often the relay begins a handshake again before it leaves it to the member. */
    static final int ATTEMPTS = 4;
    /** A member that was not heard for so long is not attached any more: as long as a session lasts. */
    static final long ATTACHED = REJECT_AFTER;

    private Protocol() {}

    private static long seconds(int seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }
}
