package io.wgsd.discovery.decide;

import io.wgsd.discovery.PeerState;
import io.wgsd.discovery.decide.PeerDecision.Action;
import io.wgsd.discovery.decide.local.Nearby;
import io.wgsd.discovery.decide.relay.RelayNews;
import io.wgsd.discovery.decide.session.Probes;
import io.wgsd.discovery.decide.session.Session;
import io.wgsd.discovery.decide.session.Traffic;
import io.wgsd.internal.Durations;
import io.wgsd.model.Endpoint;
import io.wgsd.model.Moment;
import io.wgsd.model.Peer;
import io.wgsd.model.PublicKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Decides about one peer: a pure function of what is remembered, what was read, and what the registries say.
 *
 * <p>Not thread-safe: one is made for each decision.
 */
final class PeerDecider {

    private static final int CONFIRMATIONS = 2;
    private static final Duration HELD = Duration.ofMillis(500);
    private static final Action DATAGRAM = new Action(null, false, false, true);

    private final PeerContext context;
    private final Moment at;
    private final List<Candidate> candidates;
    private final Nearby nearby;
    private final Set<PublicKey> routed;
    private final HandshakeOrder role;
    private final RelayFallback relays;
    private PeerMemory memory;
    private @Nullable Action act;
    private boolean renewal;

    private PeerDecider(PeerMemory memory, Observation seen, PeerContext context) {
        this.memory = memory;
        this.context = context;
        candidates = seen.candidates(memory.peer().publicKey());
        nearby = seen.nearby(memory.peer().publicKey());
        routed = seen.routed();
        at = context.at();
        PublicKey key = memory.peer().publicKey();
        RelayNews news = context.relays().news();
        role = HandshakeOrder.of(context.own(), news.self(), key, news.of(key));
        relays = RelayFallback.of(context, key, role);
    }

    /**
     * Decides.
     *
     * @param memory what is remembered, this reading included
     * @param seen where the peer may be, and whether a datagram can be sent to it
     * @param context what else matters
     */
    static PeerDecision of(PeerMemory memory, Observation seen, PeerContext context) {
        return new PeerDecider(memory, seen, context).step();
    }

    private PeerDecision step() {
        learnCandidates();
        memory = memory.relay(
                memory.peer().endpoint().flatMap(context.relays()::at).orElse(null));
        if (memory.session().isLive(at)) {
            String why = relays.reason(memory);
            sustain();
            memory = memory.in(memory.relay() == null ? PeerState.DIRECT : PeerState.RELAYED, why, at)
                    .without(null)
                    .written(null)
                    .trial(null);
            watch();
        }
        if (!memory.session().isLive(at)) {
            connect();
        }
        return finish();
    }

    private void learnCandidates() {
        memory = memory.advertised(candidates.stream()
                .filter(candidate -> !candidate.remembered())
                .map(Candidate::endpoint)
                .findFirst()
                .orElse(null));
    }

    /** Finds out whether the session of a peer with news is live; nothing is written for that. */
    private void watch() {
        boolean waiting = memory.session()
                .silentSince()
                .filter(since -> since.plus(Timing.DOUBT).hasCome(at))
                .isPresent();
        if (waiting && memory.ask().isAfter(at.plus(Timing.CANARY))) {
            memory = memory.ask(at);
        }
        Optional<Endpoint> news = Suspicion.news(memory.peer(), candidates).or(() -> relays.news(memory));
        Probes probes = memory.probes();
        if (news.isEmpty() && relays.isRefreshed(memory, at) && datagramArrives() && act == null) {
            act = DATAGRAM;
        }
        if (news.isEmpty() || !datagramArrives()) {
            memory = memory.probes(probes.checked(null));
            return;
        }
        if (news.equals(Optional.ofNullable(probes.checked()))) {
            memory = memory.probes(probes.burst(null));
            return;
        }
        Probes.Burst burst = probes.about(news.get(), at).burst();
        memory = memory.probes(probes.burst(burst));
        if (burst == null || !burst.due().hasCome(at)) {
            return;
        }
        if (burst.count() > 0 && memory.peer().statistics().rxBytes() != burst.rx()) {
            memory = memory.probes(probes.checked(news.get()));
        } else if (burst.isOver(at)) {
            memory = memory.probes(probes.checked(news.get()));
            if (probes.isSureToAnswer(at)) {
                memory = memory.session(memory.session().doubted());
            }
        } else if (act == null) {
            act = DATAGRAM;
        }
    }

    /**
     * Sends a datagram over a new session: until one arrives, the other side, which only answered, cannot send
     * (noise.c, wg_noise_received_with_keypair), and WireGuard's own first packet may have been lost. Also sends one
     * over an old session without a persistent keepalive, so that WireGuard renews it before it expires: both sides do
     * so at the same age, which opens their NATs again.
     */
    private void sustain() {
        Attempts series = memory.attempts();
        boolean old = memory.probes().burst() == null && isRenewed(memory.peer(), memory.session(), at);
        if ((series == null && !old) || !datagramArrives()) {
            memory = memory.attempts(null);
            return;
        }
        Duration pause = Timing.settled(roundTrip());
        if (series == null) {
            series = Attempts.begin(List.of(), at, at);
        } else if (!memory.isConnected()) {
            series = Attempts.begin(List.of(), at, at.plus(pause));
        }
        if (series.due().hasCome(at)) {
            act = DATAGRAM;
            renewal = old;
            boolean last = !old && series.count() + 1 >= CONFIRMATIONS;
            Duration next = old ? Timing.RENEWAL_PAUSE : pause.multipliedBy(2);
            memory = memory.attempts(last ? null : series.attempted(at, at.plus(next), false));
        } else {
            memory = memory.attempts(series);
        }
    }

    /** Returns whether a live session is so old that a datagram renews it. */
    static boolean isRenewed(Peer peer, Session session, Moment at) {
        return peer.persistentKeepalive().isEmpty()
                && session.age(at)
                        .filter(age -> age.compareTo(Timing.RENEWAL_AGE) >= 0)
                        .isPresent();
    }

    private void connect() {
        if (memory.without() == null) {
            memory = memory.without(at);
        }
        if (memory.isConnected() || (memory.session().isUnproven() && memory.state() != PeerState.SUSPECT)) {
            memory = Suspicion.begin(memory, at);
        }
        if (memory.state() == PeerState.SUSPECT) {
            Suspicion.Move move = Suspicion.of(memory, candidates, datagramArrives(), relays, context);
            memory = move.memory();
            act = move.act();
            if (!move.dead()) {
                return;
            }
        }
        List<Endpoint> targets = targets(memory, candidates, nearby, at).stream()
                .filter(endpoint -> !relays.isRelay(endpoint))
                .toList();
        if (targets.isEmpty() && relays.route().isEmpty()) {
            memory = idle();
            return;
        }
        Attempts attempts = series(targets);
        memory = memory.attempts(attempts);
        if (attempts.isProbeDue(at)) {
            memory = memory.attempts(attempts.known());
            if (!attempts.isHeeded(memory.traffic())) {
                restartAtTheGate();
            }
        } else if (attempts.due().hasCome(at)) {
            attempt(attempts);
        }
        memory = judged();
    }

    /**
     * Returns where the peer may be: where its own packet came from, then in this host's own network, then the
     * advertised endpoints and others that it has registered, then where it was last.
     */
    static List<Endpoint> targets(PeerMemory memory, List<Candidate> candidates, Nearby nearby, Moment at) {
        Stream<Endpoint> usable = candidates.stream()
                .filter(candidate -> candidate.refusal().isEmpty())
                .map(Candidate::endpoint);
        Stream<Endpoint> last = memory.session().age(at).isPresent() && memory.written() == null
                ? memory.peer().endpoint().stream()
                : Stream.empty();
        Stream<Endpoint> local = memory.local().mayAttempt(at) ? nearby.local().stream() : Stream.empty();
        return Stream.of(memory.learnt().stream(), local, usable, nearby.others().stream(), last)
                .flatMap(each -> each)
                .distinct()
                .toList();
    }

    private PeerMemory idle() {
        PeerMemory rest = memory.attempts(null);
        Optional<Candidate> refused = candidates.stream().findFirst();
        return refused.isEmpty()
                ? rest.in(PeerState.WAITING, null, at)
                : rest.in(
                        PeerState.UNREACHABLE,
                        refused.get().endpoint() + " is not used: "
                                + refused.get().refusal().orElse(""),
                        at);
    }

    private Attempts series(List<Endpoint> targets) {
        Attempts running = memory.attempts();
        if (running == null) {
            memory = memory.traffic(memory.traffic().fresh());
            return begin(targets);
        }
        boolean fresher = !running.targets().containsAll(targets);
        if (fresher || (context.networkBack() && running.count() >= Timing.FAST_ATTEMPTS)) {
            memory = memory.traffic(memory.traffic().counted());
            return begin(targets);
        }
        return afterWhatCame(running.targets(targets));
    }

    private Attempts begin(List<Endpoint> targets) {
        Attempts series = Attempts.begin(targets, at, at).relayFirst(relays.isFirst(memory));
        Duration later = role == HandshakeOrder.OPENER ? Duration.ZERO : Timing.stagger(context.roundTrip());
        return series.due(at.plus(Durations.max(later, held()))
                .plus(relays.isTurn(series, at) ? relays.courtesy() : Duration.ZERO));
    }

    /** Behind the same NAT it is worth waiting for what the peer has registered: the detour by the NAT would work, too. */
    private Duration held() {
        Endpoint there = memory.advertised();
        boolean same = there != null && context.self().map(Endpoint::address).equals(Optional.of(there.address()));
        return nearby.awaited() && same ? HELD : Duration.ZERO;
    }

    /**
     * Once the other's initiation has arrived, both NATs are open: then only the caller continues, and does so soon.
     */
    private Attempts afterWhatCame(Attempts series) {
        Moment received = memory.traffic().received();
        if (received == null || !series.isAnswered(memory.traffic())) {
            return series;
        }
        if (role == HandshakeOrder.CALLER) {
            return series.due(received.plus(Timing.settled(roundTrip())));
        }
        Moment quiet = received.plus(Traffic.QUIET);
        return quiet.isAfter(series.due()) ? series.due(quiet) : series;
    }

    private void attempt(Attempts series) {
        if (!memory.bucket().hasOne()) {
            memory = memory.attempts(series.due(at.plus(memory.bucket().wait(PeerMemory.ATTEMPTS))));
            return;
        }
        Endpoint target = relays.target(memory, series, at);
        boolean relayed = relays.isRelay(target);
        if (nearby.local().contains(target)) {
            memory = memory.local(memory.local().initiated(at));
        }
        // The relay does not know the indices of a session that it has not carried, so there must be a new one.
        boolean restart =
                memory.traffic().isGateShut(at) || (relayed && !memory.session().isOver(at));
        act = trigger(target, restart && mayRestart(relayed));
        memory = memory.bucket(memory.bucket().take())
                .attempts(series.attempted(at, at.plus(pause(series, relayed)), !restart));
    }

    private Duration pause(Attempts series, boolean relayed) {
        Duration trip = relayed ? relays.roundTrip() : context.roundTrip();
        Duration pause = Timing.retry(series.count() + 1, trip, memory.peer().publicKey(), context.seed());
        boolean next = relays.isTurn(series.attempted(at, at, false), at);
        if (next && !relayed) {
            return pause.plus(relays.courtesy());
        }
        // Without a restart only WireGuard's own next initiation goes to the relay.
        return relayed && !context.mayRestart() ? Durations.max(pause, Timing.OWN_RETRY) : pause;
    }

    private Duration roundTrip() {
        return memory.relay() == null ? context.roundTrip() : relays.roundTrip();
    }

    /**
     * Repeats, by a restart, the attempt for which WireGuard sent nothing, since it had sent an initiation less than
     * five seconds before.
     */
    private void restartAtTheGate() {
        if (mayRestart(memory.relay() != null)) {
            act = trigger(memory.peer().endpoint().orElse(null), true);
        }
    }

    private Action trigger(@Nullable Endpoint target, boolean restart) {
        boolean moved = target != null && !memory.peer().endpoint().equals(Optional.of(target));
        boolean silent = memory.peer().persistentKeepalive().isEmpty();
        boolean arrives = datagramArrives();
        if (moved) {
            memory = memory.written(target);
        }
        if (restart) {
            memory = memory.traffic(memory.traffic().initiated(at));
        }
        return new Action(moved ? target : null, restart, silent && !arrives, arrives);
    }

    private boolean datagramArrives() {
        return routed.contains(memory.peer().publicKey());
    }

    /** A peer that is heard is not restarted, unless all that is heard is the initiation that met ours. */
    private boolean mayRestart(boolean relayed) {
        boolean quiet = !memory.traffic().isHearing(at)
                || (role == HandshakeOrder.CALLER && memory.traffic().hasCollided(at, Timing.settled(roundTrip())));
        boolean dead =
                memory.session().isOver(at) || memory.session().isSilent() || (relayed && relays.replaces(memory));
        return context.mayRestart() && quiet && dead;
    }

    private PeerMemory judged() {
        Attempts series = memory.attempts();
        if (series == null || series.count() < Timing.FAST_ATTEMPTS) {
            // The reason why the latest attempt could not be made holds until the next attempt.
            boolean hindered = memory.state() == role.state() && act == null;
            return memory.in(role.state(), hindered ? memory.reason() : null, at);
        }
        Diagnosis diagnosis = new Diagnosis(memory, series, context);
        boolean reached = diagnosis.isReached();
        PeerState next = reached ? PeerState.UNREACHABLE : PeerState.SILENT;
        // The words are chosen again with each attempt, not with each reading.
        return next == memory.state() && act == null
                ? memory
                : memory.in(next, (reached ? diagnosis.text() : diagnosis.facts()) + doubt(series), at);
    }

    private String doubt(Attempts series) {
        return candidates.stream()
                .filter(candidate -> series.targets().contains(candidate.endpoint()))
                .flatMap(candidate -> candidate.doubt().stream())
                .findFirst()
                .map(why -> "; perhaps no packet gets there: " + why)
                .orElse("");
    }

    private PeerDecision finish() {
        if (act != null && act.datagram()) {
            memory = memory.datagram(at, renewal);
        }
        boolean ask = memory.ask().hasCome(at) || (context.networkBack() && memory.without() != null);
        if (ask) {
            memory = memory.ask(at.plus(pause()));
        }
        return new PeerDecision(memory, act, ask, NextLook.of(memory, relays, context));
    }

    private Duration pause() {
        Moment without = memory.without();
        if (context.canary() && without != null) {
            return Timing.CANARY;
        }
        return without == null
                ? Timing.askSeldom(memory.peer().publicKey(), context.seed(), at.nanos())
                : Timing.askAgain(at.since(without), memory.peer().publicKey(), context.seed(), at.nanos());
    }
}
