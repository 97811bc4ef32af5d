package io.wgsd.relay.forward;

import io.wgsd.internal.Rate;
import java.time.Duration;

/** What one member, one pair and one stranger may take; times in nanoseconds. */
final class Limits {

    /** How long a response may take: until then WireGuard has begun again (REKEY_TIMEOUT and its jitter). */
    static final long PENDING = seconds(6);
    /** How long a session may last (REJECT_AFTER_TIME), from when each side counts, and what was still on its way. */
    static final long ROUTE = seconds(190);
    /** How long an initiation waits for a member that is not attached. */
    static final long HELD = seconds(2);
    /**
     * So long one side's initiation waits for the response to the other side's: a round trip to the far side of the
     * world.
     */
    static final long MEETING = Duration.ofMillis(500).toNanos();
    /** A pair without a session is forgotten after this time. */
    static final long IDLE_PAIR = seconds(30);

    /** Sessions of one pair: WireGuard has three at a time, and some handshakes are repeated. */
    static final int ROUTES_OF_PAIR = 6;

    static final int ROUTES_OF_MEMBER = 8192;
    static final int PAIRS_OF_MEMBER = 4096;
    static final int PENDING_OF_MEMBER = 4096;
    static final int HELD_OF_MEMBER = 64;

    /**
     * Computations of mac1, each less than a microsecond, that one member may cause; the burst is a restart with a
     * hundred peers.
     */
    static final Rate SEARCH = new Rate(20_000, 100_000);
    /** Initiations of one member to another. */
    static final Rate INITIATIONS = new Rate(1, 6);
    /** Data of one member from a source that is not known to be its own. */
    static final Rate ROAMING = new Rate(20, 100);
    /** Messages of one /24 or /56 in which no member is known to be. */
    static final Rate STRANGERS = new Rate(100, 200);
    /** Messages of all of these, each of which costs a code or two: a few hundredths of a core. */
    static final Rate ALL_STRANGERS = new Rate(50_000, 10_000);
    /** Challenges to one /24 or /56. */
    static final Rate CHALLENGES = new Rate(1, 3);
    /** As many bytes must have come from a network before an initiation is sent there. */
    static final int CHALLENGE_BYTES = 148;

    /** After how long a member may be asked again whether it is at the same source. */
    static final long CHALLENGE_PATIENCE = Duration.ofMillis(100).toNanos();

    private Limits() {}

    private static long seconds(int seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }
}
