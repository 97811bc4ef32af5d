package io.wgsd.discovery.agent;

import io.wgsd.discovery.Trigger;
import io.wgsd.discovery.decide.DeviceDecider;
import io.wgsd.discovery.decide.move.MoveOrder;
import io.wgsd.discovery.decide.move.MoveReport;
import io.wgsd.discovery.decide.move.MoveStep;
import io.wgsd.discovery.decide.move.MoveSteps;
import io.wgsd.discovery.decide.move.OpenSteps;
import io.wgsd.discovery.decide.move.SizeSteps;
import io.wgsd.discovery.decide.move.SizeSteps.Verdict;
import io.wgsd.internal.Durations;
import io.wgsd.model.Device;
import io.wgsd.model.DeviceChange;
import io.wgsd.model.Endpoint;
import io.wgsd.model.Moment;
import io.wgsd.model.Peer;
import io.wgsd.model.PublicKey;
import io.wgsd.model.TimeSource;
import io.wgsd.spi.ReadOptions;
import io.wgsd.spi.WireGuardException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Carries an order out that helps a session to leave its relay, one step at a time and without a thread of its own.
 *
 * <p>Not thread-safe.
 */
final class MoveRun implements AutoCloseable {

    /** How often the counters are read while the direct endpoint is set, and for how long. */
    private static final int FEW_READINGS = 2;

    private static final int READINGS = 200;

    private static final Duration WINDOW = Duration.ofMillis(2);

    /** A run of {@code wg} takes longer, as does reading thousands of peers. */
    private static final Duration SLOW = Duration.ofMillis(3);

    private static final int MEASUREMENTS = 5;
    private static final Duration KEEPALIVE = Duration.ofSeconds(25);

    /** How long the relay's endpoint is written again where packets still come by a path that is too narrow. */
    private static final int ROUND_TRIPS_BACK = 4;

    private static final Duration LEAST_BACK = Duration.ofMillis(500);

    private static final Duration LOOK = Duration.ofMillis(1);

    private final BackendCalls source;
    private final Callbacks callbacks;
    private final TimeSource clock;
    private final MoveOrder order;
    private final boolean routed;
    private final PublicKey decoy;
    private final Optional<Endpoint> direct;
    private @Nullable SizeCheck known;
    private @Nullable MoveSteps moving;
    private @Nullable SizeCheck fresh;
    private @Nullable Moment narrow;
    private @Nullable OpenSteps opening;
    private @Nullable Device latest;
    private @Nullable Endpoint written;
    private Optional<Instant> handshake = Optional.empty();
    private MoveReport.@Nullable Outcome outcome;

    /**
     * Begins.
     *
     * @param routed whether a datagram can be sent to the peer; otherwise it is sent keepalives
     * @param decoy a key that nobody has, which is a peer of the device for as long as this host's NAT is being opened
     */
    MoveRun(
            BackendCalls source,
            Callbacks callbacks,
            TimeSource clock,
            MoveOrder order,
            boolean routed,
            PublicKey decoy) {
        this.source = source;
        this.callbacks = callbacks;
        this.clock = clock;
        this.order = order;
        direct = Optional.of(order.direct());
        this.routed = routed;
        this.decoy = decoy;
    }

    PublicKey peer() {
        return order.peer();
    }

    /** Returns what was observed; empty while it is under way. */
    Optional<MoveReport> report() {
        return Optional.ofNullable(outcome).map(seen -> new MoveReport(order.peer(), seen));
    }

    /** Returns what is reported where the device could not be read or written. */
    MoveReport failed() {
        return new MoveReport(order.peer(), MoveReport.Outcome.FAILED);
    }

    /**
     * Takes a step, and returns how long to wait until the next.
     *
     * @throws WireGuardException if the device cannot be read or written; then {@link #takeBack} is called
     */
    Duration step() throws WireGuardException {
        return order.part() == MoveOrder.Part.OPEN ? open() : move();
    }

    /** Undoes what must not stay, where a run ends before its last step. */
    void takeBack() throws WireGuardException {
        if (order.part() == MoveOrder.Part.OPEN) {
            source.apply(DeviceChange.builder().peer(decoy).remove().build());
            return;
        }
        if (direct.equals(Optional.ofNullable(written))) {
            takeBack(peer(read()));
        }
    }

    /**
     * Gives the peer the relay's endpoint in place of the direct one that was written last, unless the session has
     * moved elsewhere or begun anew since: then WireGuard knows better.
     */
    private void takeBack(Peer now) throws WireGuardException {
        boolean same = now.statistics().latestHandshake().equals(handshake);
        if (same && now.endpoint().equals(direct)) {
            set(order.relay());
        }
    }

    private Duration open() throws WireGuardException {
        OpenSteps running = opening;
        if (running == null) {
            source.apply(DeviceChange.builder()
                    .peer(decoy)
                    .endpoint(order.direct())
                    .persistentKeepalive(KEEPALIVE)
                    .build());
            running = new OpenSteps(clock.now());
            opening = running;
        }
        MoveStep next = running.next(read().peer(decoy), clock.now());
        if (next.isLast()) {
            takeBack();
        }
        outcome = next.outcome();
        return next.pause();
    }

    private Duration move() throws WireGuardException {
        SizeCheck checking = fresh;
        if (checking != null) {
            return narrow == null ? check(checking) : goBack(narrow);
        }
        if (moving == null) {
            Optional<Duration> pause = checkRelay();
            if (pause.isPresent()) {
                return pause.get();
            }
        }
        MoveSteps running = moving;
        if (running == null) {
            running = new MoveSteps(isSlow() ? order.onlyWhileIdle() : order, clock.now());
            moving = running;
        }
        Device read = read();
        if (written == null) {
            handshake = peer(read).statistics().latestHandshake();
        }
        MoveStep next = running.next(read.peer(order.peer()).orElse(null), clock.now());
        switch (next.act()) {
            case DIRECT -> set(order.direct());
            case RELAY -> set(order.relay());
            case DATAGRAM -> send(read);
            case FLICK -> flick(running, FEW_READINGS);
            case LINGER -> flick(running, READINGS);
            case NONE -> {}
        }
        if (next.outcome() == MoveReport.Outcome.MOVED && passes(known)) {
            // The session has moved: what was written to that end is not undone any more.
            written = null;
            fresh = probe().map(probe -> new SizeCheck(probe, SizeSteps.fresh(order.roundTrip(), clock.now())))
                    .orElse(null);
        }
        outcome = fresh == null ? next.outcome() : null;
        return next.pause();
    }

    /**
     * Finds out whether the peer answers datagrams of full size by the relay, without which their silence on the direct
     * path says nothing. Returns how long to wait; empty where that is known.
     */
    private Optional<Duration> checkRelay() throws WireGuardException {
        SizeCheck checking = known;
        if (checking == null) {
            Optional<Trigger.Probe> probe = probe();
            if (probe.isEmpty()) {
                return Optional.empty();
            }
            checking = new SizeCheck(probe.get(), SizeSteps.known(order.roundTrip(), clock.now()));
            known = checking;
        }
        if (checking.verdict().isPresent()) {
            return Optional.empty();
        }
        return Optional.of(checking.step(clock.now()));
    }

    /** The session has moved; it stays there unless packets of full size are seen not to get through. */
    private Duration check(SizeCheck checking) throws WireGuardException {
        Peer now = peer(read());
        boolean isThere = now.endpoint().equals(direct)
                && now.statistics().latestHandshake().equals(handshake);
        Duration pause = checking.step(clock.now());
        if (!isThere || checking.verdict().filter(Verdict.NARROW::equals).isEmpty()) {
            outcome = isThere && checking.verdict().isEmpty() ? null : MoveReport.Outcome.MOVED;
            return pause;
        }
        narrow = clock.now();
        set(order.relay());
        send(read());
        return LOOK;
    }

    /** Packets that are on their way by the direct path turn the endpoint back to it once more. */
    private Duration goBack(Moment begun) throws WireGuardException {
        Peer now = peer(read());
        if (now.endpoint().equals(direct)) {
            takeBack(now);
        }
        Duration enough = Durations.max(order.roundTrip().multipliedBy(ROUND_TRIPS_BACK), LEAST_BACK);
        outcome = clock.now().since(begun).compareTo(enough) < 0 ? null : MoveReport.Outcome.NARROW;
        return LOOK;
    }

    private static boolean passes(@Nullable SizeCheck check) {
        return check != null && check.verdict().filter(Verdict.PASSES::equals).isPresent();
    }

    private Optional<Trigger.Probe> probe() throws WireGuardException {
        return routed ? callbacks.probe(read(), order.peer()) : Optional.empty();
    }

    @Override
    public void close() {
        Stream.of(Optional.ofNullable(known), Optional.ofNullable(fresh))
                .flatMap(Optional::stream)
                .forEach(SizeCheck::close);
    }

    /** Returns whether backend or machine are too slow to write an endpoint more often than packets come. */
    private boolean isSlow() throws WireGuardException {
        int fast = 0;
        for (int i = 0; i < MEASUREMENTS; i++) {
            Moment begun = clock.now();
            read();
            fast += clock.now().since(begun).compareTo(SLOW) < 0 ? 1 : 0;
        }
        return fast <= MEASUREMENTS / 2;
    }

    /**
     * Sends one datagram by the direct path, and reads a few times whether it has been answered: a near peer's answer
     * may be faster than a write. What else is sent meanwhile takes that path too, so this must not take long.
     */
    private void flick(MoveSteps running, int readings) throws WireGuardException {
        set(order.direct());
        Device direct = read();
        Peer before = peer(direct);
        send(direct);
        Moment begun = clock.now();
        Peer now;
        int read = 0;
        do {
            now = peer(read());
            if (running.isAnswered(before, now)) {
                return;
            }
        } while (++read < readings && clock.now().since(begun).compareTo(WINDOW) < 0);
        takeBack(now);
    }

    /**
     * Makes WireGuard send the peer one packet, at once. It answers a datagram; a keepalive only shows it where this
     * host is, so that what it sends next comes by that path.
     */
    private void send(Device read) throws WireGuardException {
        if (routed) {
            callbacks.pull(read, List.of(order.peer()));
            return;
        }
        // WireGuard sends a keepalive at once where the interval was 0 before (netlink.c, set_peer).
        Optional<Duration> interval = peer(read).persistentKeepalive().filter(each -> !each.isZero());
        List<Duration> values = interval.map(each -> List.of(Duration.ZERO, each))
                .orElse(List.of(DeviceDecider.LENT_KEEPALIVE, Duration.ZERO));
        DeviceChange.Builder change = DeviceChange.builder();
        for (Duration value : values) {
            change.peer(order.peer()).updateOnly().persistentKeepalive(value);
        }
        source.apply(change.build());
    }

    private Peer peer(Device read) {
        return read.peer(order.peer())
                .orElseGet(() -> Peer.builder(order.peer()).build());
    }

    private Device read() throws WireGuardException {
        Device before = latest;
        Device read = source.read(
                before == null ? ReadOptions.defaults() : ReadOptions.defaults().reusing(before));
        latest = read;
        return read;
    }

    private void set(Endpoint endpoint) throws WireGuardException {
        written = endpoint;
        source.apply(DeviceChange.builder()
                .peer(order.peer())
                .updateOnly()
                .endpoint(endpoint)
                .build());
    }
}
