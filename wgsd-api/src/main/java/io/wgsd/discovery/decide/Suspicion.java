package io.wgsd.discovery.decide;

import io.wgsd.discovery.PeerState;
import io.wgsd.discovery.decide.PeerDecision.Action;
import io.wgsd.discovery.decide.session.Probes;
import io.wgsd.discovery.decide.session.Session;
import io.wgsd.model.Endpoint;
import io.wgsd.model.Moment;
import io.wgsd.model.Peer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides what to do about a peer whose session may be dead, until it is known to be: pure functions.
 *
 * <p>If the stamp of its handshake proves nothing, the session is probed first. After that, and at once if the peer was
 * silent, a newly advertised endpoint is tried, and taken back if nothing is received.
 */
final class Suspicion {

    /** How soon after a datagram the counters show whether WireGuard had a key to send it with. */
    private static final Duration OUTCOME = Duration.ofSeconds(1);

    private Suspicion() {}

    /**
     * What is done next.
     *
     * @param memory what is to be remembered
     * @param act what is to be done; null where nothing is
     * @param dead whether the session is dead, and has had its trial
     */
    record Move(PeerMemory memory, @Nullable Action act, boolean dead) {}

    /** Returns the best endpoint that may be written, if others are advertised and the one in use is not. */
    static Optional<Endpoint> news(Peer peer, List<Candidate> candidates) {
        Endpoint used = peer.endpoint().orElse(null);
        Endpoint news = null;
        for (Candidate candidate : candidates) {
            if (used == null || candidate.remembered() || candidate.endpoint().equals(used)) {
                return Optional.empty();
            }
            if (news == null && candidate.refusal().isEmpty()) {
                news = candidate.endpoint();
            }
        }
        return Optional.ofNullable(news);
    }

    /** Returns what is remembered once the session has become suspect. */
    static PeerMemory begin(PeerMemory memory, Moment at) {
        return memory.in(PeerState.SUSPECT, reason(memory, at), at)
                .ask(at)
                .attempts(null)
                .trial(null);
    }

    /** Returns whether an action gives a peer back the endpoint that it had before another was tried. */
    static boolean takesBack(PeerMemory memory, Action act) {
        Trial trial = memory.trial();
        return trial != null
                && trial.isRunning()
                && !act.datagram()
                && Optional.of(trial.before()).equals(Optional.ofNullable(act.endpoint()));
    }

    /** Returns whether the counters are about to show something. */
    static boolean isWatchful(PeerMemory memory, Moment at) {
        Trial trial = memory.trial();
        Moment sent = memory.probes().sent();
        boolean probed = memory.session().isUnproven()
                && sent != null
                && !sent.plus(OUTCOME).hasCome(at);
        return probed || (trial != null && trial.isRunning());
    }

    /**
     * Decides.
     *
     * @param memory what is remembered of a peer that is {@link PeerState#SUSPECT}
     * @param candidates where it may be
     * @param routed whether a datagram can be sent to it
     * @param relays how it is reached by a relay
     * @param context what else matters
     */
    static Move of(
            PeerMemory memory, List<Candidate> candidates, boolean routed, RelayFallback relays, PeerContext context) {
        Moment at = context.at();
        Trial trial = memory.trial();
        if (trial != null && trial.isRunning()) {
            return running(memory, trial, relays, context);
        }
        Session session = memory.session();
        boolean entered = memory.since().equals(at);
        if (session.isOver(at)) {
            boolean sends = entered && routed && memory.peer().endpoint().isPresent();
            return new Move(memory, sends ? datagram() : null, isGraceOver(memory, at));
        }
        if (relays.replaces(memory)) {
            return new Move(memory, null, true);
        }
        Optional<Endpoint> news = news(memory.peer(), candidates).or(() -> relays.news(memory));
        if (news.isPresent() && isTrialDue(memory, routed, at)) {
            return memory.bucket().hasOne() ? trial(memory, news.get(), routed, at) : new Move(memory, null, false);
        }
        if (session.isSilent()) {
            return new Move(memory, entered && routed ? datagram() : null, isGraceOver(memory, at));
        }
        return session.isUnproven() ? probe(memory, routed, at) : new Move(memory, null, false);
    }

    private static Move running(PeerMemory memory, Trial trial, RelayFallback relays, PeerContext context) {
        Moment at = context.at();
        Moment received = memory.traffic().received();
        boolean moved = !memory.peer().endpoint().equals(Optional.of(trial.target()));
        if (moved || (received != null && received.isAfter(trial.begun()))) {
            return new Move(memory.trial(trial.ended(at)), null, false);
        }
        if (!trial.begun()
                .plus(Timing.trial(relays.isRelay(trial.target()) ? relays.roundTrip() : context.roundTrip()))
                .hasCome(at)) {
            return new Move(memory, null, false);
        }
        PeerMemory after = memory.trial(trial.ended(at))
                .written(null)
                .probes(memory.probes().unanswered());
        return new Move(after, new Action(trial.before(), false, false, false), false);
    }

    private static boolean isTrialDue(PeerMemory memory, boolean routed, Moment at) {
        Trial trial = memory.trial();
        Session session = memory.session();
        if (session.isUnproven() && !session.isSilent()) {
            boolean waited = memory.since().plus(Session.SUSPECT_AFTER_LOSS).hasCome(at);
            return trial == null && !routed && waited;
        }
        if (trial == null || trial.ended() == null) {
            return true;
        }
        return trial.count() < Timing.TRIALS
                && !session.isSilent()
                && trial.ended().plus(Timing.TRIAL_PAUSE).hasCome(at);
    }

    private static Move trial(PeerMemory memory, Endpoint target, boolean routed, Moment at) {
        Trial last = memory.trial();
        boolean sure = memory.probes().isSureToAnswer(at) || (last != null && last.sure());
        Trial trial = new Trial(
                memory.peer().endpoint().orElseThrow(), target, at, null, sure, last == null ? 1 : last.count() + 1);
        boolean lends = !routed && memory.peer().persistentKeepalive().isEmpty();
        PeerMemory after = memory.trial(trial)
                .written(target)
                .bucket(memory.bucket().take())
                .probes(memory.probes().checked(target));
        return new Move(after, new Action(target, false, lends, routed), false);
    }

    private static Move probe(PeerMemory memory, boolean routed, Moment at) {
        Optional<Endpoint> endpoint = memory.peer().endpoint();
        if (endpoint.isEmpty()) {
            // There is no endpoint that could be overwritten.
            return new Move(memory, null, true);
        }
        if (!routed) {
            return new Move(memory, null, false);
        }
        Probes probes = memory.probes();
        if (memory.since().equals(at)) {
            probes = probes.about(endpoint.get(), at);
        }
        Probes.Burst burst = probes.burst();
        if (burst != null && burst.isOver(at)) {
            return new Move(memory.probes(probes.burst(null)), null, false);
        }
        boolean due = burst != null && burst.due().hasCome(at);
        return new Move(memory.probes(probes), due ? datagram() : null, false);
    }

    private static String reason(PeerMemory memory, Moment at) {
        Session session = memory.session();
        if (session.isOver(at)) {
            return "its session has expired";
        }
        if (session.isUnproven()) {
            return "its last handshake looks old or lies in the future, which proves nothing where the clock was set";
        }
        return session.isSilent()
                ? "nothing came back for " + session.patience().toSeconds() + " s"
                : "it does not answer any more"
                        + (memory.advertised() == null ? "" : ", and is advertised at " + memory.advertised());
    }

    private static boolean isGraceOver(PeerMemory memory, Moment at) {
        return memory.since().plus(Timing.GRACE).hasCome(at);
    }

    private static Action datagram() {
        return new Action(null, false, false, true);
    }
}
