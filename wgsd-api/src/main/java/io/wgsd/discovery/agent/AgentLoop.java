package io.wgsd.discovery.agent;

import io.wgsd.discovery.AgentEvent;
import io.wgsd.discovery.AgentStats;
import io.wgsd.discovery.PeerStatus;
import io.wgsd.discovery.RelayStatus;
import io.wgsd.discovery.decide.AgentMemory;
import io.wgsd.discovery.decide.Candidate;
import io.wgsd.discovery.decide.DeviceDecider;
import io.wgsd.discovery.decide.DeviceDecision;
import io.wgsd.discovery.decide.Observation;
import io.wgsd.discovery.decide.PeerMemory;
import io.wgsd.discovery.decide.RouteQuestions;
import io.wgsd.discovery.decide.local.Nearby;
import io.wgsd.discovery.decide.move.MoveOrder;
import io.wgsd.discovery.decide.move.MoveReport;
import io.wgsd.discovery.decide.relay.RelayNews;
import io.wgsd.discovery.registry.Registries;
import io.wgsd.discovery.route.Reachability;
import io.wgsd.internal.Durations;
import io.wgsd.model.Device;
import io.wgsd.model.Endpoint;
import io.wgsd.model.Moment;
import io.wgsd.model.PublicKey;
import io.wgsd.model.TimeSource;
import io.wgsd.spi.CancelledException;
import io.wgsd.spi.NoSuchDeviceException;
import io.wgsd.spi.ReadOptions;
import io.wgsd.spi.WireGuardException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Carries out what is decided: the edge between {@link DeviceDecider} and the world, one step at a time and without a
 * thread of its own.
 *
 * <p>Not thread-safe, except for {@link #statuses()}.
 */
public final class AgentLoop {

    /** Reading a device of ten thousand peers takes longer than this, so that another reading would bring nothing. */
    private static final Duration RECENT = Duration.ofMillis(10);

    private static final Duration DEVICE_GONE = Duration.ofMillis(250);
    private static final Duration DEVICE_GONE_LONG = Duration.ofSeconds(1);
    private static final Duration UNWRITABLE = Duration.ofMillis(250);
    private static final Duration AT_ONCE = Duration.ofMillis(1);

    private final BackendCalls source;
    private final String device;
    private final Set<PublicKey> kept;
    private final boolean insecureDnsAllowed;
    private final boolean restartsAllowed;
    private final Callbacks callbacks;
    private final AgentTally tally = new AgentTally();
    private final TimeSource clock;
    private final Registries registries;
    private final Reachability reach;
    private final RegistryQuestions questions;
    private final DeviceLedger stored;
    private final DeviceWriter writer;
    private final Mover mover;
    private final MoveTurns turns = new MoveTurns();
    private final HubFollower hub;
    private final CandidateRegistration registration;
    private final Runnable waking;
    private volatile boolean woken;
    private volatile AgentMemory state;
    private @Nullable Device latest;
    private @Nullable Boolean present;
    private int missed;
    private boolean wasMove;

    public AgentLoop(AgentParts parts, Runnable wake) {
        this(parts, new BackendCalls(parts.source(), parts.device()), wake);
    }

    public AgentLoop(AgentParts parts, BackendCalls source, Runnable wake) {
        this.source = source;
        waking = wake;
        device = parts.device();
        kept = parts.kept();
        insecureDnsAllowed = parts.insecureDnsAllowed();
        restartsAllowed = parts.restartsAllowed();
        callbacks = new Callbacks(parts);
        clock = parts.clock();
        registries = new Registries(parts.channels(), clock, this::wake);
        reach = new Reachability(parts.routes(), registries::servers);
        questions = new RegistryQuestions(parts, registries, reach);
        stored = new DeviceLedger(parts.store(), callbacks::report);
        state = AgentMemory.initial(parts.seed(), clock.now());
        writer = new DeviceWriter(source, device, stored, callbacks, tally);
        hub = new HubFollower(parts, registries, reach, writer, callbacks, this::wake);
        registration = new CandidateRegistration(parts, reach, callbacks, this::wake);
        mover = new Mover(parts, source, callbacks, stored);
        registries.remembered().putAll(stored.endpoints());
        callbacks.record(Replay.seed(parts.seed()));
    }

    /** Returns what is known of each peer; from any thread. */
    List<PeerStatus> statuses() {
        return state.statuses(clock.now());
    }

    /** Returns what is known of each relay; from any thread. */
    List<RelayStatus> relays() {
        return state.relays().statuses(clock.now());
    }

    /** Returns what was counted, and how the peers are; from any thread. */
    AgentStats stats() {
        return tally.stats(statuses());
    }

    /** What was seen, and what is remembered of each peer with that. */
    private record Look(Observation seen, List<PeerMemory> readings) {}

    /**
     * Reports that the host's network has changed, so that the next step asks for its routes again; from any thread.
     */
    void networkChanged() {
        reach.changed();
        registration.networkChanged();
        questions.networkChanged();
        woken = true;
    }

    private void wake() {
        woken = true;
        waking.run();
    }

    /**
     * Takes the step that is due, and returns after how long the next is. That is a look at the device, with what is
     * decided and done about it, or a step of a move.
     */
    public Duration step() {
        Moment at = clock.now();
        if (!mover.isMoving()) {
            woken = false;
            wasMove = false;
            return lookInTurn();
        }
        if (woken) {
            woken = false;
            turns.hurry(at);
        }
        wasMove = !turns.isLookNext(at, mover.due());
        if (!wasMove) {
            lookInTurn();
        } else if (mover.due().hasCome(at)) {
            Duration pause = move();
            if (!mover.isMoving()) {
                return pause;
            }
        }
        Duration left = Durations.max(clock.now().until(mover.due()), Duration.ZERO);
        return mover.isMoving() ? Durations.min(left, turns.untilLook(clock.now(), mover.due())) : AT_ONCE;
    }

    private Duration lookInTurn() {
        Duration pause = lookAndAct();
        // From its end on, so that looks which take long leave a move its turns.
        turns.looked(clock.now(), pause);
        return pause;
    }

    /** Reads the device, decides and acts once, and returns after how long to do so again at the latest. */
    private Duration lookAndAct() {
        DeviceDecision decision;
        try {
            Look look = look();
            record(look.seen(), false);
            decision = DeviceDecider.decide(state, look.seen(), look.readings());
            if (decision.writes()) {
                if (isOld(look.seen()) || decision.restarts()) {
                    // What others did meanwhile must not be undone: read again, and keep the time until the write
                    // short.
                    look = look();
                    record(look.seen(), true);
                    decision = DeviceDecider.confirm(decision, state, look.seen());
                }
                Optional<DeviceDecision> done =
                        writer.write(decision, state, look.seen().at());
                if (done.isEmpty()) {
                    return AT_ONCE;
                }
                decision = done.get();
            }
            state = decision.state();
            callbacks.pull(look.seen().device(), decision.datagrams());
            tally.sent(decision.datagrams());
            follow(look.seen().device());
            registration.follow(
                    look.seen().device(), look.seen().self(), look.seen().at());
        } catch (WireGuardException e) {
            return gone(e);
        }
        questions.ask(decision.questions(), latest, clock.now());
        hub.follow(state);
        tally.reports(decision.events());
        decision.events().forEach(callbacks::report);
        decision.relays().events().forEach(callbacks::report);
        stored.remember(state, clock.now());
        return writer.isUnwritable() ? Durations.max(decision.lookAgainIn(), UNWRITABLE) : decision.lookAgainIn();
    }

    /** Returns whether the latest step was one of a move. */
    boolean wasMove() {
        return wasMove;
    }

    /** Returns whether a session is being moved, so that the next step must be taken when it is due. */
    boolean isMoving() {
        return mover.isMoving();
    }

    /** Begins what was ordered, or ends what is not any more, as where the peer is gone. */
    private void follow(Device read) {
        Optional<MoveOrder> order = state.move();
        if (mover.isMoving() && !order.map(MoveOrder::peer).equals(mover.peer())) {
            mover.end();
        }
        if (order.isEmpty() || mover.isMoving()) {
            return;
        }
        PublicKey peer = order.get().peer();
        boolean routed = reach.routed(Set.of(peer)).contains(peer);
        if (!mover.begin(order.get(), state, read, routed)) {
            moved(new MoveReport(peer, MoveReport.Outcome.FAILED));
        }
    }

    private void moved(MoveReport report) {
        state = state.reported(report);
        callbacks.record(Replay.moved(report));
    }

    private Duration move() {
        try {
            Mover.Step step = mover.step();
            step.report().ifPresent(this::moved);
            return step.pause();
        } catch (WireGuardException e) {
            return gone(e);
        }
    }

    /** Undoes what was done to the device, and stores what the next start has to know. */
    void end() {
        registration.end();
        registries.close();
        mover.end();
        if (latest != null) {
            try {
                writer.giveBack(source.read(ReadOptions.defaults()), state, Set.of());
            } catch (WireGuardException e) {
                callbacks.report(new AgentEvent.DeviceDown(device, String.valueOf(e.getMessage())));
            }
            stored.save(state);
        }
    }

    private void record(Observation seen, boolean again) {
        if (callbacks.isRecording()) {
            callbacks.record(Replay.look(seen, again));
        }
    }

    private boolean isOld(Observation seen) {
        return clock.now().since(seen.at()).compareTo(RECENT) > 0;
    }

    /** Everything that is asked of the system is asked here, so that a decision asks nothing. */
    private Look look() throws WireGuardException {
        Device before = latest;
        ReadOptions options = ReadOptions.defaults();
        Device read = read(before == null ? options : options.reusing(before));
        Moment at = clock.now();
        registries.refresh(at).forEach(callbacks::report);
        if (!Boolean.TRUE.equals(present) && found(read)) {
            read = read(options);
        }
        if (writer.tidyUp(read, state, mover.used(), at)) {
            read = read(options);
        }
        latest = read;
        read = stored.withoutStrays(read, state.relays().added());
        boolean other = reach.update(read, at);
        if (other) {
            registries.retain(read, read.publicKey());
            registries.follow(followed(read), reach);
            registries.refused(reach, insecureDnsAllowed).forEach(callbacks::report);
            if (registries.isReadmitted(reach, insecureDnsAllowed)) {
                questions.askAtOnce(read, state);
            }
        }
        registries.takeIn(read, reach).forEach(registration::heard);
        Set<PublicKey> never = new HashSet<>(kept);
        never.addAll(reach.registries());
        Map<PublicKey, List<Candidate>> candidates = registries.candidates(read, never, reach, at);
        RelayNews news = registries.relayNews(read, reach, at);
        Optional<Endpoint> self = self(read, at);
        Map<PublicKey, Nearby> nearby =
                registration.nearby(read, state, key -> registries.advertised(key, at), self, at);
        List<PeerMemory> readings = state.read(read, at);
        Observation seen = new Observation(
                read,
                candidates,
                never,
                reach.routed(RouteQuestions.of(readings, candidates, never, news, at)),
                restartsAllowed && writer.canRestart(),
                registries.isAnyUp(),
                registries.roundTrip(),
                self,
                news,
                nearby,
                at);
        return new Look(seen, readings);
    }

    private Device read(ReadOptions options) throws WireGuardException {
        try {
            Device read = source.read(options);
            tally.read(true);
            return read;
        } catch (CancelledException e) {
            throw e;
        } catch (WireGuardException e) {
            tally.read(false);
            throw e;
        }
    }

    private Set<PublicKey> followed(Device read) {
        Set<PublicKey> keys = new HashSet<>();
        read.peers().forEach(peer -> keys.add(peer.publicKey()));
        keys.removeIf(state.relays()::isRelay);
        keys.removeAll(kept);
        keys.removeAll(reach.registries());
        return keys;
    }

    private Optional<Endpoint> self(Device read, Moment at) {
        return read.publicKey().flatMap(key -> registries.advertised(key, at));
    }

    /** Returns whether the device was written. */
    private boolean found(Device read) throws WireGuardException {
        boolean written = writer.found(read, state);
        present = true;
        missed = 0;
        callbacks.report(new AgentEvent.DeviceUp(device));
        return written;
    }

    private Duration gone(WireGuardException e) {
        if (e instanceof CancelledException) {
            // The agent is being closed; the device is as it was.
            return DEVICE_GONE;
        }
        if (!Boolean.FALSE.equals(present)) {
            present = false;
            callbacks.report(new AgentEvent.DeviceDown(device, String.valueOf(e.getMessage())));
        }
        if (e instanceof NoSuchDeviceException) {
            state = state.withoutDevice();
            latest = null;
            callbacks.record(Replay.gone());
        }
        missed++;
        return missed < 240 ? DEVICE_GONE : DEVICE_GONE_LONG;
    }
}
