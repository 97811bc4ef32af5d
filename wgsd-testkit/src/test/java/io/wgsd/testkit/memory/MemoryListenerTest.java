package io.wgsd.testkit.memory;

import static io.wgsd.testkit.memory.Fixtures.ALICE;
import static io.wgsd.testkit.memory.Fixtures.AWAY;
import static io.wgsd.testkit.memory.Fixtures.BOB;
import static io.wgsd.testkit.memory.Fixtures.CLOCK;
import static io.wgsd.testkit.memory.Fixtures.HOME;
import static io.wgsd.testkit.memory.Fixtures.change;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgsd.model.Device;
import io.wgsd.model.Peer;
import io.wgsd.spi.WireGuardException;
import io.wgsd.testkit.memory.MemoryEvent.PeerAdded;
import io.wgsd.testkit.memory.MemoryEvent.PeerRemoved;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MemoryListenerTest {

    private final MemoryWireGuard wireGuard = MemoryWireGuard.of(CLOCK);
    private final MemoryDevice device = wireGuard.create("wg0");

    @Test
    void aListenerSeesTheDeviceAsItIsAfterTheChange() throws WireGuardException {
        List<Peer> seen = new ArrayList<>();
        wireGuard.addListener((changed, events) -> seen.addAll(changed.read().peers()));
        device.apply(change().peer(ALICE).endpoint(HOME).build());
        assertThat(seen).containsExactly(Peer.builder(ALICE).endpoint(HOME).build());
    }

    @Test
    void nobodyReadsBetweenAChangeAndItsListener() throws Exception {
        FutureTask<Device> reading = new FutureTask<>(device::read);
        wireGuard.addListener((changed, events) -> {
            new Thread(reading).start();
            changed.roam(ALICE, AWAY);
        });
        device.apply(change().peer(ALICE).endpoint(HOME).build());
        assertThat(reading.get(20, TimeUnit.SECONDS).peer(ALICE).flatMap(Peer::endpoint))
                .contains(AWAY);
    }

    @Test
    void aListenersOwnChangesAreReportedAfterwards() throws WireGuardException {
        List<MemoryEvent> told = new ArrayList<>();
        wireGuard.addListener((changed, events) -> {
            if (events.contains(new PeerAdded(ALICE))) {
                applyUnchecked(changed);
            }
        });
        wireGuard.addListener((changed, events) -> told.addAll(events));
        device.apply(change().peer(ALICE).build());
        assertThat(told).containsExactly(new PeerAdded(ALICE), new PeerRemoved(ALICE), new PeerAdded(BOB));
    }

    @Test
    void aChangeOfNothingIsNotReported() throws WireGuardException {
        List<String> told = new ArrayList<>();
        wireGuard.addListener((changed, events) -> told.add(changed.name()));
        device.apply(change().peer(ALICE).remove().build());
        assertThat(told).isEmpty();
    }

    @Test
    void aListenerThatIsRemovedHearsNothing() throws WireGuardException {
        List<MemoryEvent> told = new ArrayList<>();
        MemoryListener listener = (changed, events) -> told.addAll(events);
        wireGuard.addListener(listener);
        wireGuard.removeListener(listener);
        device.apply(change().peer(ALICE).build());
        assertThat(told).isEmpty();
    }

    @Test
    void anExceptionOfAListenerReachesTheCallerAndTheNextChangeIsReported() throws WireGuardException {
        List<MemoryEvent> told = new ArrayList<>();
        MemoryListener failing = (changed, events) -> {
            throw new IllegalStateException("not today");
        };
        wireGuard.addListener(failing);
        assertThatThrownBy(() -> device.apply(change().peer(ALICE).build())).hasMessage("not today");
        wireGuard.removeListener(failing);
        wireGuard.addListener((changed, events) -> told.addAll(events));
        device.apply(change().peer(BOB).build());
        assertThat(told).containsExactly(new PeerAdded(BOB));
    }

    private static void applyUnchecked(MemoryDevice device) {
        try {
            device.apply(change().peer(ALICE).remove().peer(BOB).build());
        } catch (WireGuardException e) {
            throw new AssertionError(e);
        }
    }
}
