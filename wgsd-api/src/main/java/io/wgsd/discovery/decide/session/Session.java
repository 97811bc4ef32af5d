package io.wgsd.discovery.decide.session;

import io.wgsd.internal.Durations;
import io.wgsd.model.Moment;
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
 * <p>A session is live while its last handshake is younger than {@link #LIFETIME}, unless it is suspect: data were
 * sent, more than once, and for {@link #SUSPECT_AFTER} nothing came ({@link #SUSPECT_AFTER_LOSS} where packets are not
 * known to arrive); or a peer that is known to answer did not, while a registry has news of it. An idle session is
 * live. The age of a handshake grows by the monotonic clock from when its stamp was seen to change, so that setting the
 * wall clock neither ends nor revives a session. A stamp that at first sight looks older than that, or lies in the
 * future, proves nothing, since the wall clock may have been set; nor does a stamp that has grown that old without
 * having been seen to change. Such a session is suspect too, until something is received, or WireGuard itself is seen
 * to take it for dead. Immutable and thread-safe.
 */
public final class Session {

    /** How long a session can be used after its handshake: REJECT_AFTER_TIME of drivers/net/wireguard/messages.h. */
    public static final Duration LIFETIME = Duration.ofMinutes(3);

    /**
     * After how long without an answer WireGuard itself begins another handshake: KEEPALIVE_TIMEOUT + REKEY_TIMEOUT
     * (drivers/net/wireguard/timers.c, wg_timers_data_sent).
     */
    public static final Duration SUSPECT_AFTER = Duration.ofSeconds(15);

    /**
     * The same where an answer may have been lost: in this time a peer that receives something sends two keepalives.
     */
    public static final Duration SUSPECT_AFTER_LOSS = Duration.ofSeconds(25);

    private final PeerStatistics latest;
    private final Moment seen;
    private final Duration ageWhenSeen;
    private final Standing standing;
    private final @Nullable Silence silence;
    private final PacketLoss loss;
    private final boolean awaited;

    private Session(
            PeerStatistics latest,
            Moment seen,
            Duration ageWhenSeen,
            Standing standing,
            @Nullable Silence silence,
            PacketLoss loss,
            boolean awaited) {
        this.latest = latest;
        this.seen = seen;
        this.ageWhenSeen = ageWhenSeen;
        this.standing = standing;
        this.silence = silence;
        this.loss = loss;
        this.awaited = awaited;
    }

    private enum Standing {
        /** The handshake was seen to take place, so that its age is known. */
        PROVEN,
        /**
         * The handshake looks young, but may be younger still where the clock was set forward before the first reading.
         */
        YOUNG,
        /** The handshake's stamp proves nothing. */
        UNPROVEN,
        /** WireGuard had data to send and no key to send them with, or there never was a handshake. */
        OVER,
        /** The peer is known to answer, and did not. */
        DOUBTED
    }

    /**
     * Judges from one reading.
     *
     * @param peer the peer as it was read
     * @param at when it was read
     * @return its session
     */
    public static Session first(Peer peer, Moment at) {
        PeerStatistics now = peer.statistics();
        Optional<Instant> stamp = now.latestHandshake();
        if (stamp.isEmpty()) {
            return new Session(now, at, Duration.ZERO, Standing.OVER, null, PacketLoss.unknown(), false);
        }
        Duration age = Duration.between(stamp.get(), at.wall());
        boolean young = !age.isNegative() && age.compareTo(LIFETIME) < 0;
        return new Session(
                now,
                at,
                young ? age : Duration.ZERO,
                young ? Standing.YOUNG : Standing.UNPROVEN,
                null,
                PacketLoss.unknown(),
                false);
    }

    /**
     * Judges from one more reading.
     *
     * @param peer the same peer, read later
     * @param at when it was read
     * @return its session; if its counters went back it has been removed and added again, and this is a first reading
     */
    public Session next(Peer peer, Moment at) {
        PeerStatistics now = peer.statistics();
        if (isLess(now.rxBytes(), latest.rxBytes()) || isLess(now.txBytes(), latest.txBytes())) {
            return first(peer, at);
        }
        Duration elapsed = at.since(seen);
        PacketLoss known = now.rxBytes() == latest.rxBytes() ? loss : loss.heard(at, silence);
        if (!now.latestHandshake().equals(latest.latestHandshake())) {
            // The handshake took place between the readings, no matter what the wall clock says.
            Duration age = Durations.min(wallAge(now, at), elapsed);
            return new Session(now, at, age, Standing.PROVEN, null, known, false);
        }
        Duration age = ageWhenSeen.plus(elapsed);
        if (standing == Standing.YOUNG && age.compareTo(LIFETIME) >= 0) {
            return new Session(now, at, Duration.ZERO, Standing.UNPROVEN, silence, known, awaited);
        }
        long came = now.rxBytes() - latest.rxBytes();
        if (came != 0) {
            boolean proves = standing == Standing.UNPROVEN && !SentBytes.areInitiations(came);
            Standing next = proves ? Standing.PROVEN : standing == Standing.DOUBTED ? Standing.YOUNG : standing;
            // What was received was encrypted with a key that can still be used: it counts as if that were new.
            return new Session(now, at, proves ? Duration.ZERO : age, next, null, known, false);
        }
        long went = now.txBytes() - latest.txBytes();
        // WireGuard also begins handshakes by itself. It has no key if a handshake is all that a datagram leads to.
        boolean over = standing == Standing.UNPROVEN && awaited && SentBytes.areInitiations(went);
        return new Session(
                now,
                at,
                age,
                over ? Standing.OVER : standing,
                silence(peer, went, at, elapsed),
                known,
                awaited && went == 0);
    }

    /** Returns the same after a datagram was sent to the peer, which shows in the next readings if it was. */
    public Session sent() {
        return new Session(latest, seen, ageWhenSeen, standing, silence, loss, true);
    }

    /** Returns the same after the peer, which is known to answer, did not; this lasts until something is received. */
    public Session doubted() {
        return standing == Standing.PROVEN || standing == Standing.YOUNG
                ? new Session(latest, seen, ageWhenSeen, Standing.DOUBTED, silence, loss, awaited)
                : this;
    }

    /**
     * Returns how old the last handshake is.
     *
     * @param at when; not before the latest reading
     * @return the age; where the first stamp seen proves nothing, as if that had been new; empty where there was no
     *     handshake
     */
    public Optional<Duration> age(Moment at) {
        return latest.latestHandshake().map(stamp -> ageWhenSeen.plus(at.since(seen)));
    }

    /**
     * Returns whether the session may be dead, as of the latest reading: what was sent has had no answer for too long,
     * or its handshake's stamp proves nothing.
     *
     * @return false until two readings are that far apart, or one has such a stamp
     */
    public boolean isSuspect() {
        return standing == Standing.UNPROVEN || standing == Standing.DOUBTED || isSilent();
    }

    /** Returns whether nothing came for so long that the session is dead, and not only doubted. */
    public boolean isSilent() {
        return silence != null && silence.isLongerThan(patience(), seen);
    }

    /** Returns how long the peer may be silent. */
    public Duration patience() {
        return loss.isKnownToBeLow() ? SUSPECT_AFTER : SUSPECT_AFTER_LOSS;
    }

    /** Returns since when what was sent has had no answer; empty where it had, or nothing was sent. */
    public Optional<Moment> silentSince() {
        return Optional.ofNullable(silence).map(Silence::since);
    }

    /** Returns whether the peer is known to answer, and did not. */
    public boolean isDoubted() {
        return standing == Standing.DOUBTED;
    }

    public boolean isUnproven() {
        return standing == Standing.UNPROVEN && !isOver(seen);
    }

    /** Returns whether there is no session at all: there was no handshake, or its keys cannot be used any more. */
    public boolean isOver(Moment at) {
        return standing == Standing.OVER
                || age(at).filter(age -> age.compareTo(LIFETIME) < 0).isEmpty();
    }

    /**
     * Returns whether the session must be left alone.
     *
     * @param at when; not before the latest reading
     * @return whether it is young enough and not suspect
     */
    public boolean isLive(Moment at) {
        return !isSuspect() && !isOver(at);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Session that
                && latest.equals(that.latest)
                && seen.equals(that.seen)
                && ageWhenSeen.equals(that.ageWhenSeen)
                && standing == that.standing
                && Objects.equals(silence, that.silence)
                && loss.equals(that.loss)
                && awaited == that.awaited;
    }

    @Override
    public int hashCode() {
        return Objects.hash(latest, seen, ageWhenSeen, standing, silence, loss, awaited);
    }

    @Override
    public String toString() {
        String age = latest.latestHandshake().isPresent() ? ageWhenSeen + " old" : "none";
        return "Session[" + age + (isSuspect() ? ", suspect" : "") + "]";
    }

    private @Nullable Silence silence(Peer peer, long went, Moment at, Duration elapsed) {
        boolean datagram = awaited && went >= SentBytes.LEAST_DATA;
        if (!datagram && !SentBytes.wantAnAnswer(went, peer, elapsed)) {
            return silence;
        }
        return silence == null ? Silence.from(at) : silence.again(at, SentBytes.holdAnInitiation(went));
    }

    private static Duration wallAge(PeerStatistics now, Moment at) {
        Instant stamp = now.latestHandshake().orElse(at.wall());
        return stamp.isAfter(at.wall()) ? Duration.ZERO : Duration.between(stamp, at.wall());
    }

    private static boolean isLess(long unsigned, long than) {
        return Long.compareUnsigned(unsigned, than) < 0;
    }
}
