package io.wgsd.discovery.decide;

import io.wgsd.discovery.AgentEvent;
import io.wgsd.discovery.PeerState;
import io.wgsd.discovery.decide.PeerDecision.Action;
import io.wgsd.discovery.decide.move.MoveOrder;
import io.wgsd.discovery.decide.relay.RelayDecider;
import io.wgsd.discovery.decide.relay.RelayDecision;
import io.wgsd.internal.Durations;
import io.wgsd.model.DeviceChange;
import io.wgsd.model.Endpoint;
import io.wgsd.model.Moment;
import io.wgsd.model.Peer;
import io.wgsd.model.PeerChange;
import io.wgsd.model.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides about a device: a pure function of what is remembered and what is seen.
 *
 * <p>Each peer is decided about on its own ({@link PeerDecider}); here is what they share: how many attempts and
 * questions there may be in all.
 */
public final class DeviceDecider {

    /** Fewer than the 50 a second from which on WireGuard under load drops them (ratelimiter.c and messages.h). */
    static final TokenBucket.Size ATTEMPTS = new TokenBucket.Size(64, Duration.ofMillis(25));

    static final TokenBucket.Size QUESTIONS = new TokenBucket.Size(1000, Duration.ofMillis(10));

    private static final int CANARIES = 8;

    /** Reading a device with more peers four times a second is not worth its cost. */
    private static final int FEW = 256;

    /**
     * The persistent keepalive that is set where only that makes WireGuard send: longer than REKEY_TIMEOUT, since it
     * must not keep step with that, shorter than it takes NATs to forget, and not a value that a person would choose.
     */
    public static final Duration LENT_KEEPALIVE = Duration.ofSeconds(23);

    private final Observation seen;
    private final PeerContext context;
    private final Instant latest;
    private final RelayDecision relays;
    private final DeviceChange.Builder change = DeviceChange.builder();
    private final Set<PublicKey> lent = new HashSet<>();
    private final List<PublicKey> datagrams = new ArrayList<>();
    private final List<PublicKey> questions = new ArrayList<>();
    private final List<AgentEvent> events = new ArrayList<>();
    private final Map<PublicKey, PeerMemory> peers;
    private final DestinationBudgets destinations;
    private TokenBucket attempts;
    private TokenBucket questionsLeft;
    private int canaries;
    private boolean writes;
    private PeerMoves.@Nullable Plan move;
    private boolean movesWait;
    private @Nullable Moment restUntil;
    private Duration lookAgainIn = Timing.CALM_LOOK;

    private DeviceDecider(AgentMemory state, Observation seen) {
        this.seen = seen;
        peers = new LinkedHashMap<>(2 * seen.device().peers().size());
        attempts = state.attempts().at(seen.at(), ATTEMPTS);
        questionsLeft = state.questions().at(seen.at(), QUESTIONS);
        relays = RelayDecider.decide(state.relays(), RelaySights.of(state, seen));
        latest = state.latest().isAfter(seen.at().wall())
                ? state.latest()
                : seen.at().wall();
        context = new PeerContext(
                seen.device().publicKey().orElseThrow(),
                seen.at(),
                seen.roundTrip(),
                seen.mayRestart(),
                seen.reachable() && !state.reachable(),
                false,
                seen.self(),
                seen.device().listenPort(),
                relays.view(),
                seen.device().peers().size() <= FEW,
                Duration.between(seen.at().wall(), latest),
                state.seed());
        rest(state);
        destinations =
                new DestinationBudgets(state.destinations(), state.peers().values(), context.relays(), seen.at());
    }

    /**
     * Decides.
     *
     * @param state what is remembered
     * @param seen what is seen; a device without a private key has no peers that could be reached
     */
    public static DeviceDecision decide(AgentMemory state, Observation seen) {
        return decide(state, seen, state.read(seen.device(), seen.at()));
    }

    /**
     * Decides with a reading that has already been added to what is remembered.
     *
     * @param readings what {@link AgentMemory#read} returns
     */
    public static DeviceDecision decide(AgentMemory state, Observation seen, List<PeerMemory> readings) {
        Optional<PublicKey> own = seen.device().publicKey();
        if (own.isEmpty()) {
            return new DeviceDecision(
                    state.withoutDevice(),
                    Optional.empty(),
                    Set.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    RelayDecision.nothing(state.relays(), seen.relays()),
                    Timing.CALM_LOOK);
        }
        AgentMemory known = state.own().equals(own) ? state : state.withoutDevice();
        DeviceDecider decisions = new DeviceDecider(known, seen);
        decisions
                .inTurn(readings)
                .forEach(read -> decisions.about(known.peers().get(read.peer().publicKey()), read));
        decisions.missLost(known.peers());
        return decisions.made(own, state.seed());
    }

    /**
     * Decides again, by a later reading, about the peers that something is to be done to, so that what others did
     * meanwhile is not undone; for all other peers the first decision holds.
     *
     * @param first what was decided
     * @param state what was remembered before that
     * @param seen what is seen now
     */
    public static DeviceDecision confirm(DeviceDecision first, AgentMemory state, Observation seen) {
        Optional<PublicKey> own = seen.device().publicKey();
        if (own.isEmpty() || !first.state().own().equals(own)) {
            return decide(state, seen);
        }
        Set<PublicKey> concerned = new HashSet<>(first.datagrams());
        first.change().ifPresent(change -> change.peers().forEach(part -> concerned.add(part.publicKey())));
        Map<PublicKey, PeerMemory> before = state.own().equals(own) ? state.peers() : Map.of();
        DeviceDecider again = new DeviceDecider(state, seen);
        again.movesWait = true;
        concerned.forEach(key -> seen.device().peer(key).ifPresent(peer -> {
            PeerMemory memory = before.get(key);
            again.about(memory, memory == null ? PeerMemory.first(peer, seen.at()) : memory.read(peer, seen.at()));
        }));
        first.state().peers().forEach((key, memory) -> {
            if (!concerned.contains(key)) {
                again.giveBack(before.get(key), memory);
            }
        });
        DeviceDecision second = again.made(own, state.seed());
        return first.replacing(concerned, second);
    }

    private void about(@Nullable PeerMemory before, PeerMemory read) {
        Peer peer = read.peer();
        if (context.relays().news().isRelay(peer.publicKey())) {
            return;
        }
        if (seen.kept().contains(peer.publicKey())) {
            remember(before, read.in(PeerState.KEPT, null, seen.at()).attempts(null));
            return;
        }
        if (before != null && before.moves().order() != null) {
            // Its endpoint changes while it is moved, which means nothing yet.
            remember(before, read);
            return;
        }
        PeerDecision step = PeerDecider.of(read, seen, context.canary(isCanary(read)));
        Action act = step.act();
        // Taking an endpoint back is no attempt, and must not wait.
        Action attempt = act == null || Suspicion.takesBack(read, act) ? null : act;
        Duration wait = attempt == null
                ? Duration.ZERO
                : Durations.max(attempts.wait(ATTEMPTS), destinations.wait(step.memory(), attempt));
        if (!wait.isZero()) {
            // As if it had not been decided about: what is due stays due.
            PeerMemory put = before == null ? read : read.in(before.state(), before.reason(), seen.at());
            remember(before, put);
            lookWithin(wait);
            return;
        }
        if (attempt != null) {
            attempts = attempts.take();
            destinations.take(step.memory(), attempt);
        }
        if (act != null) {
            carryOut(peer, act);
        }
        PeerMemory next = followed(step.memory());
        remember(before, step.ask() ? asked(next) : next);
        lookWithin(step.lookAgainIn());
    }

    /** One session is moved at a time. While it is, the peer is not decided about, but all others are. */
    private void rest(AgentMemory state) {
        restUntil = state.restUntil();
        for (PeerMemory memory : state.peers().values()) {
            MoveOrder order = memory.moves().order();
            Moment begun = memory.moves().last();
            if (order != null && begun != null) {
                movesWait = true;
                if (order.part() == MoveOrder.Part.MOVE) {
                    restUntil = seen.at().plus(seen.at().since(begun));
                }
            }
        }
    }

    /** Notes what could be done so that a session leaves its relay, if that comes before what is noted already. */
    private PeerMemory followed(PeerMemory decided) {
        PeerMoves.Plan plan = PeerMoves.of(decided, seen, context);
        boolean open = !movesWait && plan.ordered() != null && !(plan.isMove() && isResting());
        if (open && (move == null || plan.compareTo(move) < 0)) {
            move = plan;
        }
        return plan.calm();
    }

    private boolean isResting() {
        return restUntil != null && !restUntil.hasCome(seen.at());
    }

    /** Lets the session be moved that comes first, unless something is written. */
    private void move() {
        PeerMemory ordered = move == null || writes ? null : move.ordered();
        if (ordered != null) {
            peers.put(ordered.peer().publicKey(), ordered);
        }
    }

    /** Returns the peers; where attempts are scarce, those whose latest attempt is the longest ago come first. */
    private List<PeerMemory> inTurn(List<PeerMemory> all) {
        if (attempts.tokens() >= ATTEMPTS.most() / 2.0 && !destinations.isScarce()) {
            return all;
        }
        List<PeerMemory> turned = new ArrayList<>(all);
        turned.sort(Comparator.comparingLong(this::sinceAttempt).reversed());
        return turned;
    }

    private long sinceAttempt(PeerMemory memory) {
        Attempts series = memory.attempts();
        Moment last = series == null ? null : series.last();
        return last == null ? Long.MAX_VALUE : seen.at().since(last).toNanos();
    }

    private boolean isCanary(PeerMemory memory) {
        return !seen.reachable() && !memory.session().isLive(seen.at()) && canaries++ < CANARIES;
    }

    private PeerMemory asked(PeerMemory memory) {
        if (!questionsLeft.hasOne()) {
            return memory.ask(seen.at().plus(questionsLeft.wait(QUESTIONS)));
        }
        questionsLeft = questionsLeft.take();
        questions.add(memory.peer().publicKey());
        return memory;
    }

    private void carryOut(Peer peer, Action act) {
        PublicKey key = peer.publicKey();
        if (act.writes()) {
            writes = true;
            PeerChange.Builder part = change.peer(key);
            if (act.restart()) {
                part.restart();
            } else {
                part.updateOnly();
            }
            Endpoint endpoint = act.endpoint();
            if (endpoint != null) {
                part.endpoint(endpoint);
                events.add(new AgentEvent.EndpointSet(key, endpoint, peer.endpoint()));
            }
            if (act.keepalive()) {
                part.persistentKeepalive(LENT_KEEPALIVE);
                lent.add(key);
            }
        }
        if (act.datagram()) {
            datagrams.add(key);
        }
    }

    private void remember(@Nullable PeerMemory before, PeerMemory after) {
        peers.put(after.peer().publicKey(), after);
        giveBack(before, after);
        if (before == null || before.state() != after.state()) {
            events.add(new AgentEvent.PeerChanged(
                    Optional.ofNullable(before).map(PeerMemory::state), after.status(seen.at())));
        } else if (after.state() == PeerState.DIRECT) {
            roamed(before.peer(), after.peer());
        }
    }

    /** The endpoint of a peer with a live direct session is written by nobody here, so that WireGuard has changed it. */
    private void roamed(Peer before, Peer after) {
        Optional<Endpoint> now = after.endpoint();
        Optional<Endpoint> previous = before.endpoint();
        if (now.isPresent() && previous.isPresent() && !now.equals(previous)) {
            events.add(new AgentEvent.PeerRoamed(after.publicKey(), now.get(), previous.get()));
        }
    }

    private void giveBack(@Nullable PeerMemory before, PeerMemory after) {
        if (after.isConnected() && before != null && !before.isConnected()) {
            destinations.arrived(after);
        }
    }

    private void missLost(Map<PublicKey, PeerMemory> before) {
        before.forEach((key, memory) -> {
            if (!peers.containsKey(key)) {
                String why = context.relays().news().isRelay(key) ? "it is a relay" : null;
                events.add(new AgentEvent.PeerChanged(
                        Optional.of(memory.state()),
                        memory.in(PeerState.GONE, why, seen.at()).status(seen.at())));
            }
        });
    }

    private void lookWithin(Duration time) {
        lookAgainIn = Durations.min(lookAgainIn, time);
    }

    private DeviceDecision made(Optional<PublicKey> own, long seed) {
        move();
        AgentMemory next = new AgentMemory(
                own,
                peers,
                attempts,
                questionsLeft,
                destinations.left(),
                relays.memory(),
                restUntil,
                seen.reachable(),
                latest,
                seed);
        return new DeviceDecision(
                next,
                writes ? Optional.of(change.build()) : Optional.empty(),
                Set.copyOf(lent),
                List.copyOf(datagrams),
                List.copyOf(questions),
                List.copyOf(events),
                relays,
                Durations.min(lookAgainIn, relays.lookAgainIn()));
    }
}
