package io.wgsd.discovery.decide;

import io.wgsd.discovery.PeerState;
import io.wgsd.discovery.decide.session.Probes;
import io.wgsd.internal.Durations;
import io.wgsd.model.Moment;
import java.time.Duration;

/** After how long the device is read again because of one peer: a pure function. */
final class NextLook {

    private static final Duration AT_ONCE = Duration.ofMillis(1);

    private NextLook() {}

    static Duration of(PeerMemory memory, RelayFallback relays, PeerContext context) {
        Moment at = context.at();
        Duration calm = Durations.min(Timing.CALM_LOOK, Durations.max(at.until(memory.ask()), AT_ONCE));
        Probes.Burst burst = memory.probes().burst();
        if (burst != null) {
            calm = Durations.min(calm, Durations.max(at.until(burst.due()), AT_ONCE));
        }
        if (Suspicion.isWatchful(memory, at)
                || (memory.state() == PeerState.SUSPECT && relays.replaces(memory))
                || memory.probes().isAwaited(at, context.roundTrip())) {
            calm = Durations.min(calm, Timing.CLOSE_LOOK);
        }
        if (relays.isWatched(memory, at)) {
            calm = Durations.min(calm, Timing.WATCHFUL_LOOK);
        }
        Attempts series = memory.attempts();
        if (series == null) {
            return calm;
        }
        Duration next = Durations.max(at.until(series.next()), AT_ONCE);
        boolean early = series.count() > 0 && series.count() < Timing.FAST_ATTEMPTS;
        boolean close = early || memory.traffic().isHearing(at);
        return Durations.min(close ? Timing.CLOSE_LOOK : calm, next);
    }
}
