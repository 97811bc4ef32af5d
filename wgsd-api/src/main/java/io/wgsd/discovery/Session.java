package io.wgsd.discovery;

import io.wgsd.model.Peer;
import io.wgsd.model.PeerStatistics;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether a peer's session is live, judged from one reading of its statistics or from several.
 *
 * <p>A session is live while its last handshake is younger than {@link #LIFETIME}, unless it is suspect: something was sent,
 * and for {@link #SUSPECT_AFTER} nothing came. An idle session is live. The age of a handshake grows by the monotonic clock
 * from when its stamp was seen to change, so that setting the wall clock neither ends nor revives a session; a stamp in the
 * future counts as now. Immutable and thread-safe.
 */
public final class Session {

    /** How long a session can be used after its handshake: REJECT_AFTER_TIME of drivers/net/wireguard/messages.h. */
    public static final Duration LIFETIME = Duration.ofMinutes(3);

    /**
     * After how long without an answer WireGuard itself begins another handshake: KEEPALIVE_TIMEOUT + REKEY_TIMEOUT
     * (drivers/net/wireguard/timers.c, wg_timers_data_sent).
     */
    public static final Duration SUSPECT_AFTER = Duration.ofSeconds(15);

    /** A keepalive is a transport message without data: a header of 16 bytes and a tag of 16. */
    private static final long KEEPALIVE_BYTES = 32;

    /** A peer that has received data and has none to send answers with a keepalive, at most this often. */
    private static final Duration PASSIVE_KEEPALIVE = Duration.ofSeconds(10);

    private final PeerStatistics latest;
    private final Moment seen;
    private final Duration ageWhenSeen;
    private final @Nullable Moment unansweredSince;

    private Session(PeerStatistics latest, Moment seen, Duration ageWhenSeen, @Nullable Moment unansweredSince) {
        this.latest = latest;
        this.seen = seen;
        this.ageWhenSeen = ageWhenSeen;
        this.unansweredSince = unansweredSince;
    }

    /**
     * Judges from one reading.
     *
     * @param peer the peer as it was read
     * @param at when it was read
     * @return its session
     */
    public static Session first(Peer peer, Moment at) {
        return new Session(peer.statistics(), at, wallAge(peer, at), null);
    }

    /**
     * Judges from one more reading.
     *
     * @param peer the same peer, read later
     * @param at when it was read
     * @return its session; where its counters went back it has been added anew, and this is a first reading
     */
    public Session next(Peer peer, Moment at) {
        PeerStatistics now = peer.statistics();
        if (isLess(now.rxBytes(), latest.rxBytes()) || isLess(now.txBytes(), latest.txBytes())) {
            return first(peer, at);
        }
        Duration elapsed = at.since(seen);
        if (!now.latestHandshake().equals(latest.latestHandshake())) {
            Duration age = wallAge(peer, at);
            // The handshake took place between the readings, whatever the wall clock says.
            return new Session(now, at, age.compareTo(elapsed) < 0 ? age : elapsed, null);
        }
        return new Session(now, at, ageWhenSeen.plus(elapsed), unanswered(peer, at, elapsed));
    }

    /**
     * Returns how old the last handshake is.
     *
     * @param at when; not before the latest reading
     * @return the age; empty where there was no handshake
     */
    public Optional<Duration> age(Moment at) {
        return latest.latestHandshake().map(stamp -> ageWhenSeen.plus(at.since(seen)));
    }

    /**
     * Returns whether what was sent has had no answer for {@link #SUSPECT_AFTER}, as of the latest reading.
     *
     * @return false until two readings are that far apart
     */
    public boolean isSuspect() {
        return unansweredSince != null && seen.since(unansweredSince).compareTo(SUSPECT_AFTER) >= 0;
    }

    /**
     * Returns whether the session must be left alone.
     *
     * @param at when; not before the latest reading
     * @return whether it is young enough and not suspect
     */
    public boolean isLive(Moment at) {
        return !isSuspect()
                && age(at).filter(age -> age.compareTo(LIFETIME) < 0).isPresent();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Session that
                && latest.equals(that.latest)
                && seen.equals(that.seen)
                && ageWhenSeen.equals(that.ageWhenSeen)
                && Objects.equals(unansweredSince, that.unansweredSince);
    }

    @Override
    public int hashCode() {
        return Objects.hash(latest, seen, ageWhenSeen, unansweredSince);
    }

    @Override
    public String toString() {
        String age = latest.latestHandshake().isPresent() ? ageWhenSeen + " old" : "none";
        return "Session[" + age + (isSuspect() ? ", suspect" : "") + "]";
    }

    private @Nullable Moment unanswered(Peer peer, Moment at, Duration elapsed) {
        PeerStatistics now = peer.statistics();
        if (now.rxBytes() != latest.rxBytes()) {
            return null;
        }
        boolean sent = isWorthAnAnswer(now.txBytes() - latest.txBytes(), peer, elapsed);
        return unansweredSince == null && sent ? at : unansweredSince;
    }

    /** Keepalives want no answer, and WireGuard does not wait for one; what else is sent is longer. */
    private static boolean isWorthAnAnswer(long bytes, Peer peer, Duration elapsed) {
        if (bytes == 0 || bytes % KEEPALIVE_BYTES != 0) {
            return bytes != 0;
        }
        // Duration divides by way of BigDecimal, which is slow for ten thousand peers.
        long nanos = elapsed.toNanos();
        long keepalives = 1
                + nanos / PASSIVE_KEEPALIVE.toNanos()
                + peer.persistentKeepalive()
                        .map(interval -> 1 + nanos / interval.toNanos())
                        .orElse(0L);
        return bytes > keepalives * KEEPALIVE_BYTES;
    }

    private static Duration wallAge(Peer peer, Moment at) {
        Instant stamp = peer.statistics().latestHandshake().orElse(at.wall());
        return stamp.isAfter(at.wall()) ? Duration.ZERO : Duration.between(stamp, at.wall());
    }

    private static boolean isLess(long unsigned, long than) {
        return Long.compareUnsigned(unsigned, than) < 0;
    }
}
