package io.wgsd.discovery.agent;

import static io.wgsd.discovery.Samples.ALICE;
import static io.wgsd.discovery.Samples.NOW;
import static io.wgsd.discovery.Samples.device;
import static io.wgsd.discovery.Samples.peer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgsd.discovery.AgentEvent;
import io.wgsd.discovery.AgentStore;
import io.wgsd.discovery.Trigger;
import io.wgsd.discovery.decide.AgentMemory;
import io.wgsd.discovery.decide.move.MoveOrder;
import io.wgsd.discovery.decide.move.MoveOrder.Part;
import io.wgsd.discovery.decide.move.MoveReport.Outcome;
import io.wgsd.discovery.route.FakeRoutes;
import io.wgsd.internal.Threads;
import io.wgsd.model.Device;
import io.wgsd.model.DeviceChange;
import io.wgsd.model.Endpoint;
import io.wgsd.model.Moment;
import io.wgsd.model.PeerChange;
import io.wgsd.model.PublicKey;
import io.wgsd.spi.NoSuchDeviceException;
import io.wgsd.spi.ReadOptions;
import io.wgsd.spi.WireGuardException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@link Mover} does to a device; that sessions move is shown by {@code AgentMoveTest}, in the simulated net. */
class MoverTest {

    private static final Endpoint RELAY = Endpoint.parse("192.0.2.1:443");
    private static final Endpoint DIRECT = Endpoint.parse("203.0.113.1:1000");

    private final AgentStore store = AgentStore.inMemory();
    private final FakeRoutes routes = new FakeRoutes();
    private final List<AgentEvent> events = new ArrayList<>();
    private Moment now = NOW;
    private boolean routed = true;
    private Runnable sent = () -> {};
    private BooleanSupplier fullPass = () -> true;
    private int probes;
    private int openProbes;
    private Duration readingTakes = Duration.ZERO;
    private final LiveDevice device = new LiveDevice(device(peer(ALICE, RELAY.toString(), "10.0.0.3/32"))) {
        @Override
        public Device read(String name, ReadOptions options) throws WireGuardException {
            now = now.plus(readingTakes);
            return super.read(name, options);
        }
    };

    @Test
    void aDecoyIsNotedFirstAndRemovedAtTheEnd() throws Exception {
        Mover mover = begin(mover(store), Part.OPEN);
        assertThat(store.load().addedRelays()).hasSize(1);
        assertThat(device.changes()).isEmpty();

        // This device sends nothing.
        assertThat(run(mover)).isEqualTo(Outcome.NOT_OPENED);
        PeerChange added = device.changes().get(0).peers().get(0);
        assertThat(store.load().addedRelays()).containsExactly(added.publicKey());
        assertThat(added.endpoint()).contains(DIRECT);
        assertThat(added.persistentKeepalive()).isPresent();
        assertThat(added.addedAllowedIps()).isEmpty();
        assertThat(device.changes())
                .last()
                .isEqualTo(
                        DeviceChange.builder().peer(added.publicKey()).remove().build());
        assertThat(device.has(added.publicKey())).isFalse();
    }

    @Test
    void noDecoyIsAddedThatCannotBeNoted() {
        assertThat(begin(mover(new BrokenStore()), Part.OPEN).isMoving()).isFalse();
        assertThat(device.changes()).isEmpty();
    }

    @Test
    void endingInTheMiddleRemovesTheDecoy() throws Exception {
        Mover mover = begin(mover(store), Part.OPEN);
        mover.step();
        PeerChange added = device.changes().get(0).peers().get(0);
        assertThat(device.has(added.publicKey())).isTrue();
        mover.end();
        assertThat(device.has(added.publicKey())).isFalse();
        assertThat(mover.isMoving()).isFalse();
    }

    @Test
    void aDecoyThatCannotBeRemovedIsLeftToTheNextLook() throws Exception {
        Mover mover = begin(mover(store), Part.OPEN);
        mover.step();
        PublicKey decoy = device.changes().get(0).peers().get(0).publicKey();
        assertThat(mover.used()).containsExactly(decoy);
        device.refuseWritesOf(decoy);
        assertThat(run(mover)).isEqualTo(Outcome.FAILED);

        assertThat(mover.used()).isEmpty();
        DeviceLedger ledger = new DeviceLedger(store, events::add);
        assertThat(ledger.strays(device.now(), Set.of())).containsExactly(decoy);
    }

    @Test
    void thePeerHasTheRelaysEndpointWhereNothingIsAnswered() throws Exception {
        assertThat(run(begin(mover(store), Part.MOVE))).isEqualTo(Outcome.NOT_SENT);
        assertThat(device.peer(ALICE).endpoint()).contains(RELAY);
        assertThat(device.changes())
                .extracting(change -> change.peers().get(0).endpoint().orElseThrow())
                .containsExactly(DIRECT, RELAY);
    }

    @ParameterizedTest(name = "{0} s")
    @CsvSource({"0, 23 0", "20, 0 20"})
    void aPeerToWhichNoDatagramIsRoutedIsSentKeepalivesAndKeepsItsInterval(long interval, String written)
            throws Exception {
        device.apply(
                "wg0",
                DeviceChange.builder()
                        .peer(ALICE)
                        .persistentKeepalive(Duration.ofSeconds(interval))
                        .build());
        device.changes().clear();
        routed = false;
        run(begin(mover(store), Part.MOVE));

        Duration before = Duration.ofSeconds(interval);
        assertThat(device.peer(ALICE).persistentKeepalive().orElse(Duration.ZERO))
                .isEqualTo(before);
        // One by the relay, which measures the round trip, and one by the direct path.
        String part = " " + written;
        assertThat(device.changes())
                .extracting(MoverTest::text)
                .containsExactly(part, DIRECT.toString(), part, RELAY.toString());
    }

    @ParameterizedTest(name = "{0} s")
    @CsvSource({"0, 23", "20, 0"})
    void anIntervalThatWasBeingSwitchedIsGivenBackAfterACrash(long interval, long between) throws Exception {
        Duration before = Duration.ofSeconds(interval);
        device.apply(
                "wg0",
                DeviceChange.builder().peer(ALICE).persistentKeepalive(before).build());
        routed = false;
        begin(mover(store), Part.MOVE);
        assertThat(store.load().switchedKeepalives()).containsExactly(Map.entry(ALICE, before));

        device.apply(
                "wg0",
                DeviceChange.builder()
                        .peer(ALICE)
                        .persistentKeepalive(Duration.ofSeconds(between))
                        .build());
        DeviceLedger next = new DeviceLedger(store, events::add);
        Device left = device.now();
        assertThat(next.leftBehind(left, Set.of(), Set.of(ALICE))).isEmpty();
        device.apply("wg0", next.leftBehind(left, Set.of(), Set.of()).orElseThrow());
        assertThat(device.peer(ALICE).persistentKeepalive().orElse(Duration.ZERO))
                .isEqualTo(before);

        next.tidied(Set.of(), Set.of(), AgentMemory.initial(7, NOW));
        assertThat(store.load().switchedKeepalives()).isEmpty();
    }

    @Test
    void anIntervalThatCannotBeNotedIsNotSwitched() {
        routed = false;
        assertThat(begin(mover(new BrokenStore()), Part.MOVE).isMoving()).isFalse();
        assertThat(device.changes()).isEmpty();
    }

    /** A packet has come by the direct path, or from elsewhere: that must not be undone. */
    @ParameterizedTest(name = "at {0}")
    @ValueSource(strings = {"203.0.113.1:1000", "203.0.113.9:9"})
    void anEndpointThatWireGuardHasSetMeanwhileStays(String endpoint) throws Exception {
        Mover mover = begin(mover(store), Part.MOVE);
        while (device.changes().isEmpty()) {
            now = now.plus(mover.step().pause());
        }
        assertThat(device.peer(ALICE).endpoint()).contains(RELAY);
        device.apply(
                "wg0",
                DeviceChange.builder()
                        .peer(ALICE)
                        .endpoint(Endpoint.parse(endpoint))
                        .build());
        device.changes().clear();
        mover.end();
        assertThat(device.changes()).isEmpty();
    }

    @Test
    void anEndpointToWhichTheSessionRoamsWhileItIsMovedStays() throws Exception {
        Endpoint elsewhere = Endpoint.parse("203.0.113.9:9");
        sent = () -> roams(elsewhere);
        Mover mover = begin(mover(store), Part.MOVE);
        assertThat(run(mover)).isEqualTo(Outcome.DISTURBED);
        assertThat(device.peer(ALICE).endpoint()).contains(elsewhere);
    }

    private void roams(Endpoint endpoint) {
        if (device.peer(ALICE).endpoint().equals(Optional.of(DIRECT))) {
            try {
                device.apply(
                        "wg0",
                        DeviceChange.builder().peer(ALICE).endpoint(endpoint).build());
            } catch (WireGuardException e) {
                throw new AssertionError(e);
            }
        }
    }

    private static String text(DeviceChange change) {
        StringBuilder text = new StringBuilder();
        for (PeerChange part : change.peers()) {
            part.endpoint().ifPresent(text::append);
            part.persistentKeepalive().ifPresent(each -> text.append(' ').append(each.toSeconds()));
        }
        return text.toString();
    }

    @Test
    void aHostWithSeveralAddressesWritesNothingWhileThereIsTraffic() throws Exception {
        routes.host("198.51.100.8");
        device.hears(ALICE, NOW.wall());
        assertThat(runUnderTraffic(begin(mover(store), Part.MOVE))).isEqualTo(Outcome.BUSY);
        assertThat(device.changes()).isEmpty();
    }

    @Test
    void aSlowBackendIsWrittenOnlyWhileThereIsNoTraffic() throws Exception {
        readingTakes = Duration.ofMillis(5);
        device.hears(ALICE, NOW.wall());
        assertThat(runUnderTraffic(begin(mover(store), Part.MOVE))).isEqualTo(Outcome.BUSY);
        assertThat(device.changes()).isEmpty();
    }

    @Test
    void whatCannotBeWrittenIsReportedAsSuch() throws Exception {
        device.refuseWrites();
        assertThat(run(begin(mover(store), Part.MOVE))).isEqualTo(Outcome.FAILED);
        assertThat(device.changes()).isEmpty();
    }

    @Test
    void theMoveIsOverWhereTheDeviceIsGone() {
        Mover mover = begin(mover(store), Part.MOVE);
        device.gone(true);
        assertThatThrownBy(mover::step).isInstanceOf(NoSuchDeviceException.class);
        assertThat(mover.isMoving()).isFalse();
    }

    @ParameterizedTest(name = "relay {0}, direct {1}")
    @CsvSource({
        "true, true, MOVED, 203.0.113.1:1000",
        "true, false, NARROW, 192.0.2.1:443",
        "false, false, MOVED, 203.0.113.1:1000"
    })
    void aSessionGoesBackWhereFullPacketsPassTheRelayOnly(
            boolean byRelay, boolean direct, Outcome expected, String endpoint) throws Exception {
        device.hears(ALICE, NOW.wall());
        sent = this::answersDirectPackets;
        fullPass = () -> isDirect() ? direct : byRelay;
        assertThat(run(begin(mover(store), Part.MOVE))).isEqualTo(expected);
        assertThat(device.peer(ALICE).endpoint()).contains(Endpoint.parse(endpoint));
        assertThat(openProbes).isZero();
    }

    @Test
    void anAgentThatEndsWhileFullPacketsAreAwaitedLeavesTheSessionWhereItIs() throws Exception {
        device.hears(ALICE, NOW.wall());
        sent = this::answersDirectPackets;
        fullPass = () -> !isDirect();
        Mover mover = begin(mover(store), Part.MOVE);
        while (probes < 2) {
            now = now.plus(mover.step().pause());
        }
        mover.end();
        assertThat(isDirect()).isTrue();
        assertThat(openProbes).isZero();
    }

    private boolean isDirect() {
        return device.peer(ALICE).endpoint().equals(Optional.of(DIRECT));
    }

    private void answersDirectPackets() {
        if (isDirect()) {
            device.hears(ALICE, NOW.wall());
        }
    }

    private Trigger trigger() {
        return new Trigger() {
            @Override
            public void pull(Device read, Collection<PublicKey> peers) {
                sent.run();
            }

            @Override
            public Optional<Probe> probe(Device read, PublicKey peer) {
                probes++;
                openProbes++;
                return Optional.of(new FakeProbe(fullPass, () -> openProbes--));
            }
        };
    }

    private Mover mover(AgentStore kept) {
        AgentParts parts = new AgentParts(
                device,
                "wg0",
                List.of(),
                Set.of(),
                false,
                true,
                true,
                routes,
                trigger(),
                kept,
                events::add,
                null,
                () -> now,
                7,
                null,
                List.of(),
                Threads.daemons("test"));
        return new Mover(
                parts, new BackendCalls(device, "wg0"), new Callbacks(parts), new DeviceLedger(kept, events::add));
    }

    private Mover begin(Mover mover, Part part) {
        MoveOrder order = new MoveOrder(ALICE, part, DIRECT, RELAY, Duration.ofMillis(100), false);
        mover.begin(order, AgentMemory.initial(7, NOW), device.now(), routed);
        return mover;
    }

    private Outcome run(Mover mover) throws WireGuardException {
        return run(mover, () -> {});
    }

    private Outcome runUnderTraffic(Mover mover) throws WireGuardException {
        return run(mover, () -> device.hears(ALICE, NOW.wall()));
    }

    private Outcome run(Mover mover, Runnable meanwhile) throws WireGuardException {
        while (true) {
            Mover.Step step = mover.step();
            meanwhile.run();
            if (step.report().isPresent()) {
                assertThat(mover.isMoving()).isFalse();
                return step.report().get().outcome();
            }
            now = now.plus(step.pause());
        }
    }

    private static final class BrokenStore implements AgentStore {

        @Override
        public Kept load() {
            return Kept.nothing();
        }

        @Override
        public void save(Kept value) throws IOException {
            throw new IOException("the disk is full");
        }
    }
}
