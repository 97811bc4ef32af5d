package io.wgsd.discovery.decide.session;

import io.wgsd.model.Moment;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Whether packets to and from a peer are known to arrive: answers came as soon as WireGuard sends them, or an idle
 * peer's keepalives came at regular intervals. Immutable and thread-safe.
 *
 * @param good how often in a row that was seen, up to {@link #MOST}
 * @param heard when something came last; null before
 * @param gap how long nothing had come before that, where the peer was idle; null before
 */
public record PacketLoss(
        int good, @Nullable Moment heard, @Nullable Duration gap) {

    private static final int MOST = 8;
    private static final int ENOUGH = 2;

    /** A shorter gap between two packets is not that of keepalives (wg_timers: passive ones come after ten seconds). */
    private static final Duration IDLE = Duration.ofSeconds(5);

    /** How exactly a gap can be measured, since idle peers are read once a second. */
    private static final Duration BLUR = Duration.ofMillis(2_200);

    private static final int MISSED = 4;

    public static PacketLoss unknown() {
        return new PacketLoss(0, null, null);
    }

    public boolean isKnownToBeLow() {
        return good >= ENOUGH;
    }

    /** Returns what is known after something was received, perhaps as an answer. */
    public PacketLoss heard(Moment at, @Nullable Silence waited) {
        Moment before = heard;
        Duration pause = before == null ? Duration.ZERO : at.since(before);
        int count = good;
        if (waited != null) {
            count = at.since(waited.since()).compareTo(Silence.ANSWER) <= 0 ? count + 1 : 0;
        } else if (pause.compareTo(IDLE) >= 0 && gap != null) {
            count = isLike(pause, gap) ? count + 1 : isMissed(pause, gap) ? 0 : count;
        }
        Duration rhythm = pause.compareTo(IDLE) >= 0 && !(gap != null && isMissed(pause, gap)) ? pause : gap;
        return new PacketLoss(Math.min(count, MOST), at, rhythm);
    }

    private static boolean isLike(Duration one, Duration other) {
        return one.minus(other).abs().compareTo(BLUR) <= 0;
    }

    /** Returns whether the pause is as long as if some of the regular packets had been lost. */
    private static boolean isMissed(Duration pause, Duration rhythm) {
        for (int i = 2; i <= MISSED; i++) {
            if (isLike(pause, rhythm.multipliedBy(i))) {
                return true;
            }
        }
        return false;
    }
}
