package io.wgsd.discovery.decide;

import io.wgsd.internal.Durations;
import io.wgsd.internal.SplitMix64;
import io.wgsd.model.PublicKey;
import java.time.Duration;

/**
 * How long an agent waits for each thing: pure functions of the round trip to the registry and of a number that differs
 * between hosts.
 *
 * <p>Retries with the same fixed period on both sides can collide for ever, which was seen on real networks; so all
 * periods have jitter, and are longer than it takes to complete a handshake.
 */
public final class Timing {

    public static final Duration DEFAULT_ROUND_TRIP = Duration.ofMillis(150);

    /** How many attempts follow each other quickly, before the pauses double. */
    static final int FAST_ATTEMPTS = 6;

    /** WireGuard's own next initiation comes within this: REKEY_TIMEOUT and its jitter (messages.h), and a little. */
    static final Duration OWN_RETRY = Duration.ofSeconds(6);

    /** How long a peer is tried without an answer before a NAT is suspected. */
    static final Duration DIAGNOSIS = Duration.ofSeconds(20);

    /** How long to wait for WireGuard's own handshake with a peer whose session has died. */
    static final Duration GRACE = Duration.ofSeconds(1);

    /** How many endpoints may be tried while a session is only doubted. */
    static final int TRIALS = 3;

    static final Duration TRIAL_PAUSE = Duration.ofSeconds(2);

    /** After how long without an answer a registry that does not push is asked where the peer is. */
    static final Duration DOUBT = Duration.ofSeconds(3);

    /** How old an idle session is when it is renewed: after REKEY_AFTER_TIME (120 s), before it expires (180 s). */
    static final Duration RENEWAL_AGE = Duration.ofSeconds(150);

    static final Duration RENEWAL_PAUSE = Duration.ofSeconds(5);

    /** How soon after a trigger the counters show whether an initiation went out. */
    static final Duration PROBE = Duration.ofMillis(15);

    /** How often the device is read while a handshake is under way. */
    static final Duration CLOSE_LOOK = Duration.ofMillis(25);

    /** How often it is read while packets come and go over a session that a relay could replace. */
    static final Duration WATCHFUL_LOOK = Duration.ofMillis(250);

    /** How often it is read otherwise: a session that dies has to be noticed 15 to 20 s later. */
    static final Duration CALM_LOOK = Duration.ofSeconds(1);

    /**
     * How often an unreachable registry is asked: a question that waits in the tunnel is sent with its first handshake.
     */
    static final Duration CANARY = Duration.ofSeconds(1);

    /**
     * NATs keep a mapping without an answer for 30 s; of two peers that each send once in this time, one finds the
     * other's hole.
     */
    private static final Duration SLOWEST = Duration.ofSeconds(25);

    private static final Duration LEAST_TRIAL = Duration.ofMillis(500);
    private static final Duration LEAST_STAGGER = Duration.ofMillis(60);
    private static final Duration MOST_STAGGER = Duration.ofMillis(600);
    private static final Duration LEAST_PERIOD = Duration.ofMillis(500);

    private Timing() {}

    /**
     * Returns how much later the caller acts: the two learn of each other at times that differ by up to the round trip
     * to the registry, and the opener's packet must have been sent a one-way delay before.
     */
    static Duration stagger(Duration roundTrip) {
        return clamp(roundTrip.multipliedBy(7).dividedBy(4), LEAST_STAGGER, MOST_STAGGER);
    }

    /** Returns after how long a handshake that the other's initiation began would be complete. */
    static Duration settled(Duration roundTrip) {
        return clamp(roundTrip.multipliedBy(3).dividedBy(2), LEAST_STAGGER, MOST_STAGGER);
    }

    /** Returns after how long an endpoint that was tried is taken back, if nothing was received. */
    public static Duration trial(Duration roundTrip) {
        return Durations.max(LEAST_TRIAL, roundTrip.multipliedBy(3));
    }

    /** Returns the pause after some number of attempts. */
    static Duration retry(int attempts, Duration roundTrip, PublicKey peer, long seed) {
        double chance = chance(seed, peer, attempts);
        if (attempts < FAST_ATTEMPTS) {
            Duration period =
                    Durations.max(LEAST_PERIOD, roundTrip.multipliedBy(5).dividedBy(2));
            return times(period, 1 + 0.4 * chance);
        }
        Duration pause = Duration.ofSeconds(1L << Math.min(10, attempts - FAST_ATTEMPTS + 1));
        return times(pause.compareTo(SLOWEST) < 0 ? pause : SLOWEST, 0.7 + 0.3 * chance);
    }

    /** Returns after how long to ask again for a peer that has been without a session for some time. */
    static Duration askAgain(Duration without, PublicKey peer, long seed, long nanos) {
        double chance = chance(seed, peer, nanos);
        Duration base = without.compareTo(Duration.ofSeconds(30)) < 0
                ? Duration.ofMillis(250)
                : clamp(without.dividedBy(60), Duration.ofMillis(500), Duration.ofSeconds(15));
        return times(base, 0.8 + 0.4 * chance);
    }

    /** Returns after how long to ask again for a peer that needs nothing. */
    static Duration askSeldom(PublicKey peer, long seed, long nanos) {
        return times(Duration.ofMinutes(5), 0.8 + 0.4 * chance(seed, peer, nanos));
    }

    /** Returns a number from 0 to 1 that looks random and follows from its arguments. */
    private static double chance(long seed, PublicKey peer, long number) {
        return (SplitMix64.mix(seed, peer.hashCode(), number) >>> 11) * 0x1.0p-53;
    }

    private static Duration times(Duration duration, double factor) {
        return Duration.ofNanos((long) (duration.toNanos() * factor));
    }

    private static Duration clamp(Duration value, Duration least, Duration most) {
        return Durations.min(Durations.max(value, least), most);
    }
}
