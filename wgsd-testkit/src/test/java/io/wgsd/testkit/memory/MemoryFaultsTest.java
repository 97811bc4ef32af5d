package io.wgsd.testkit.memory;

import static io.wgsd.testkit.memory.Fixtures.ALICE;
import static io.wgsd.testkit.memory.Fixtures.BOB;
import static io.wgsd.testkit.memory.Fixtures.CLOCK;
import static io.wgsd.testkit.memory.Fixtures.change;
import static io.wgsd.testkit.memory.Fixtures.eventsOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgsd.model.Device;
import io.wgsd.model.Peer;
import io.wgsd.spi.ErrorOrigin;
import io.wgsd.spi.NoSuchDeviceException;
import io.wgsd.spi.PartlyAppliedException;
import io.wgsd.spi.PeerSource;
import io.wgsd.spi.PeerSourceOptions;
import io.wgsd.spi.RejectedException;
import io.wgsd.spi.TimedOutException;
import io.wgsd.spi.WireGuardException;
import io.wgsd.testkit.memory.MemoryEvent.PeerAdded;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MemoryFaultsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final MemoryWireGuard wireGuard = MemoryWireGuard.of(CLOCK);
    private final MemoryDevice device = wireGuard.create("wg0");
    private final PeerSource source = wireGuard.source();

    @Test
    void asManyCallsFailAsWereAskedFor() throws WireGuardException {
        wireGuard.faults().failNext(2, origin -> new RejectedException(origin, "testing", "as asked for"));
        assertThatThrownBy(source::deviceNames).isInstanceOf(RejectedException.class);
        assertThatThrownBy(() -> source.read("wg0"))
                .isInstanceOf(RejectedException.class)
                .hasMessageContaining("wg0");
        assertThat(source.read("wg0")).isEqualTo(device.read());
    }

    @Test
    void failuresThatAreStillToComeCanBeCancelled() throws WireGuardException {
        wireGuard.faults().failNext(2, origin -> new RejectedException(origin, "testing", "as asked for"));
        wireGuard.faults().failNext(0, origin -> new RejectedException(origin, "testing", "never"));
        assertThat(source.deviceNames()).containsExactly("wg0");
    }

    @Test
    void theControlSideDoesNotFail() throws WireGuardException {
        wireGuard.faults().failNext(1, origin -> new RejectedException(origin, "testing", "as asked for"));
        device.apply(change().peer(ALICE).build());
        assertThat(device.peer(ALICE)).isPresent();
    }

    @Test
    void aDeviceCanGoAwayWhenACallHasJustBegun() {
        wireGuard.faults().beforeNextCall(() -> wireGuard.remove("wg0"));
        assertThatThrownBy(() -> source.read("wg0")).isInstanceOf(NoSuchDeviceException.class);
    }

    @Test
    void aDeviceCanGoAwayInTheMiddleOfAChange() {
        wireGuard.faults().duringNextApply(1, () -> wireGuard.remove("wg0"));
        assertThatThrownBy(
                        () -> source.apply("wg0", change().peer(ALICE).peer(BOB).build()))
                .isInstanceOfSatisfying(
                        PartlyAppliedException.class,
                        e -> assertThat(e.appliedPeers()).containsExactly(ALICE))
                .hasCauseInstanceOf(NoSuchDeviceException.class);
    }

    @Test
    void aChangeCanFailInTheMiddleAndItsBeginningStays() {
        List<MemoryEvent> events = eventsOf(wireGuard);
        wireGuard.faults().duringNextApply(1, () -> {
            throw new TimedOutException(ErrorOrigin.of("memory"), "changing", PATIENCE);
        });
        assertThatThrownBy(
                        () -> source.apply("wg0", change().peer(ALICE).peer(BOB).build()))
                .isInstanceOf(PartlyAppliedException.class)
                .hasCauseInstanceOf(TimedOutException.class);
        assertThat(device.read().peers()).extracting(Peer::publicKey).containsExactly(ALICE);
        assertThat(events).containsExactly(new PeerAdded(ALICE));
    }

    @Test
    void callsAreHeldUpUntilTheyAreLetGo() throws Exception {
        FutureTask<Device> reading = new FutureTask<>(() -> source.read("wg0"));
        try (MemoryFaults.Block block = wireGuard.faults().block()) {
            new Thread(reading).start();
            assertThat(block.awaitCallers(1, PATIENCE)).isTrue();
            assertThat(reading.isDone()).isFalse();
            device.apply(change().firewallMark(7).build());
        }
        assertThat(reading.get(PATIENCE.toSeconds(), TimeUnit.SECONDS).firewallMark())
                .isEqualTo(7);
    }

    @Test
    void theLastOfSeveralBlocksLetsCallsGo() throws WireGuardException {
        PeerSource hasty = wireGuard.source(PeerSourceOptions.defaults().withTimeout(Duration.ofMillis(1)));
        MemoryFaults.Block first = wireGuard.faults().block();
        MemoryFaults.Block second = wireGuard.faults().block();
        first.close();
        first.close();
        assertThatThrownBy(() -> hasty.read("wg0"))
                .isInstanceOf(TimedOutException.class)
                .hasMessageContaining("wg0");
        second.close();
        assertThat(hasty.read("wg0")).isEqualTo(device.read());
    }

    @Test
    void waitingForCallersThatDoNotComeEnds() throws InterruptedException {
        try (MemoryFaults.Block block = wireGuard.faults().block()) {
            assertThat(block.awaitCallers(1, Duration.ofMillis(1))).isFalse();
        }
    }

    @Test
    void aNegativeNumberOfFailuresIsRefused() {
        assertThatThrownBy(() -> wireGuard.faults().failNext(-1, origin -> new RejectedException(origin, "", "")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-1");
    }
}
