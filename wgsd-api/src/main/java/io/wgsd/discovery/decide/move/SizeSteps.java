package io.wgsd.discovery.decide.move;

import io.wgsd.discovery.Trigger.Probe.Size;
import io.wgsd.internal.Durations;
import io.wgsd.model.Moment;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether packets of the device's full MTU reach a peer by the path that its session has now: decides each
 * step by what has been answered.
 *
 * <p>The peer's host may answer nothing at all, or no more than one datagram a second. So a path is called narrow only
 * where a small datagram is answered, and a full one more than a second later is not.
 *
 * <p>Not thread-safe: one is made for each path. It does nothing itself.
 */
public final class SizeSteps {

    /** What was observed. */
    public enum Verdict {
        /** A datagram of full size was answered. */
        PASSES,
        /** Small ones are answered, full ones are not. */
        NARROW,
        /** Nothing was answered, or nothing could be sent. */
        UNKNOWN
    }

    /**
     * One step.
     *
     * @param send what is sent now; null for nothing
     * @param pause how long after that answers are looked for
     * @param verdict what was observed in all; null before the last step
     */
    public record SizeStep(
            @Nullable Size send, Duration pause, @Nullable Verdict verdict) {}

    private record Sending(Size size, Duration after) {}

    private static final Duration LOOK = Duration.ofMillis(5);
    private static final Duration LEAST_PATIENCE = Duration.ofMillis(100);

    /** Linux answers a host once a second after a burst (icmp.c, icmpv4_xrlim_allow). */
    private static final Duration RATE_LIMIT = Duration.ofMillis(1100);

    private final List<Sending> sendings;
    private final Duration patience;
    private Moment since;
    private int sent;

    private SizeSteps(List<Sending> sendings, Duration roundTrip, Moment begun) {
        this.sendings = sendings;
        patience = Durations.max(roundTrip.multipliedBy(2), LEAST_PATIENCE);
        since = begun;
    }

    /** Asks whether the peer's host answers full datagrams by a path that is known to work. */
    public static SizeSteps known(Duration roundTrip, Moment begun) {
        Sending full = new Sending(Size.FULL, Duration.ZERO);
        return new SizeSteps(List.of(full, full), roundTrip, begun);
    }

    /** Asks whether full datagrams reach the peer by a new path, where they did by another. */
    public static SizeSteps fresh(Duration roundTrip, Moment begun) {
        Sending full = new Sending(Size.FULL, Duration.ZERO);
        Sending small = new Sending(Size.SMALL, Duration.ZERO);
        return new SizeSteps(List.of(full, full, small, new Sending(Size.FULL, RATE_LIMIT)), roundTrip, begun);
    }

    /**
     * Returns the next step.
     *
     * @param answered of which sizes a datagram has been answered by this path
     */
    public SizeStep next(Set<Size> answered, Moment at) {
        if (answered.contains(Size.FULL)) {
            return last(Verdict.PASSES);
        }
        Size latest = sent == 0 ? null : sendings.get(sent - 1).size();
        boolean smallOnes = answered.contains(Size.SMALL);
        Duration waited = at.since(since);
        boolean isDone = latest == null || (latest == Size.SMALL && smallOnes) || waited.compareTo(patience) >= 0;
        if (!isDone) {
            return new SizeStep(null, LOOK, null);
        }
        if (latest == Size.SMALL && !smallOnes) {
            return last(Verdict.UNKNOWN);
        }
        if (sent == sendings.size()) {
            return last(smallOnes ? Verdict.NARROW : Verdict.UNKNOWN);
        }
        Sending next = sendings.get(sent);
        if (waited.compareTo(next.after()) < 0) {
            return new SizeStep(null, LOOK, null);
        }
        sent++;
        since = at;
        return new SizeStep(next.size(), LOOK, null);
    }

    private static SizeStep last(Verdict verdict) {
        return new SizeStep(null, Duration.ZERO, verdict);
    }
}
