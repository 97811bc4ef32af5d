package io.wgsd.discovery.lookup;

import io.wgsd.discovery.decide.session.Probes;
import io.wgsd.discovery.decide.session.Session;
import io.wgsd.internal.Durations;
import io.wgsd.model.Peer;
import io.wgsd.model.PublicKey;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How a pass finds out about sessions where one reading says too little: it sends datagrams and reads again. Immutable
 * and thread-safe.
 *
 * <p>A pass does not know which peers answer datagrams. So it leaves a peer alone that does not, unless the time-out is
 * long enough to be sure. Where WireGuard asks for a handshake instead of sending the datagram, the session is over.
 */
final class PassProbe {

    private static final List<Duration> OFFSETS = Probes.OFFSETS;

    /**
     * A WireGuard that has asked for a handshake by itself does so again after REKEY_TIMEOUT and a jitter of a third.
     */
    private static final Duration GATE = Duration.ofMillis(5_500);

    private static final Duration CLOSE = Duration.ofMillis(25);
    private static final Duration SOON = Duration.ofMillis(100);
    private static final Duration SELDOM = Duration.ofMillis(500);

    private final SessionReading first;
    private final SessionReading look;
    private final Set<PublicKey> doubtful;
    private final Duration timeout;
    private final Duration passed;
    private final int sent;

    PassProbe(SessionReading look, Set<PublicKey> doubtful, Duration timeout) {
        this(look, look, Set.copyOf(doubtful), timeout, Duration.ZERO, 0);
    }

    private PassProbe(
            SessionReading first,
            SessionReading look,
            Set<PublicKey> doubtful,
            Duration timeout,
            Duration passed,
            int sent) {
        this.first = first;
        this.look = look;
        this.doubtful = doubtful;
        this.timeout = timeout;
        this.passed = passed;
        this.sent = sent;
    }

    /** Returns the latest reading. */
    SessionReading look() {
        return look;
    }

    /** Returns whether nothing more is to be found out. */
    boolean isOver() {
        return asked().isEmpty();
    }

    boolean isDatagramDue() {
        return sent < OFFSETS.size() && passed.compareTo(OFFSETS.get(sent)) >= 0;
    }

    /** Returns the peers whose session is still in doubt. */
    Set<PublicKey> asked() {
        Set<PublicKey> asked = new HashSet<>();
        for (PublicKey key : doubtful) {
            if (look.device().peer(key).filter(this::isOpen).isPresent()) {
                asked.add(key);
            }
        }
        return asked;
    }

    /** Returns after how long the device is read again. */
    Duration step() {
        Duration pause = passed.compareTo(SOON) < 0 ? CLOSE : passed.compareTo(Probes.WINDOW) < 0 ? SOON : SELDOM;
        return sent < OFFSETS.size() ? Durations.min(pause, OFFSETS.get(sent).minus(passed)) : pause;
    }

    /** Returns the same after a datagram was sent to each peer whose session is still in doubt. */
    PassProbe sent() {
        return new PassProbe(first, look.sent(asked()), doubtful, timeout, passed, sent + 1);
    }

    /** Returns the same after one more step. */
    PassProbe next(SessionReading later) {
        return new PassProbe(first, later, doubtful, timeout, passed.plus(step()), sent);
    }

    /** Returns whether a peer was asked, and nothing came. */
    boolean isUnanswered(Peer peer) {
        return doubtful.contains(peer.publicKey()) && !isHeard(peer);
    }

    /** Returns whether nothing could be sent to a peer, so that nothing can be found out. */
    boolean isMute(Peer peer) {
        return isUnanswered(peer) && growth(peer, true) == 0;
    }

    private boolean isOpen(Peer peer) {
        Session session = look.session(peer);
        if (isHeard(peer) || session.isOver(look.at()) || session.isSilent()) {
            return false;
        }
        if (session.isUnproven() && growth(peer, true) == 0 && passed.compareTo(Durations.min(timeout, GATE)) < 0) {
            return true;
        }
        boolean patient = timeout.compareTo(Session.SUSPECT_AFTER_LOSS.plus(Duration.ofSeconds(1))) >= 0;
        return passed.compareTo(patient ? timeout : Probes.WINDOW) < 0;
    }

    private boolean isHeard(Peer peer) {
        return growth(peer, false) != 0 && !look.session(peer).isUnproven();
    }

    private long growth(Peer now, boolean sent) {
        return first.device()
                .peer(now.publicKey())
                .map(before -> sent
                        ? now.statistics().txBytes() - before.statistics().txBytes()
                        : now.statistics().rxBytes() - before.statistics().rxBytes())
                .orElse(0L);
    }
}
