package io.wgsd.discovery.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.discovery.AgentEvent;
import io.wgsd.discovery.AgentStore;
import io.wgsd.discovery.decide.AgentMemory;
import io.wgsd.discovery.decide.DeviceDecider;
import io.wgsd.model.Device;
import io.wgsd.model.DeviceKind;
import io.wgsd.model.IpPrefix;
import io.wgsd.model.Moment;
import io.wgsd.model.Peer;
import io.wgsd.model.PeerChange;
import io.wgsd.model.PublicKey;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What an agent does to a device is in the store before it is done, and stays there until it is undone. */
class DeviceLedgerTest {

    private static final PublicKey ALICE = PublicKey.parse("xScVkH3fUGUv4RrJFfmcqm8rs3SEHr41km6+yffAHw4=");
    private static final PublicKey BOB = PublicKey.parse("syKB97XhGnvC+kynh2KqQJPXoOoOpx/HmpMRTc+r4js=");
    private static final Moment NOW = new Moment(Instant.parse("2026-01-01T12:00:00Z"), 0);
    private static final AgentMemory NOTHING = AgentMemory.initial(1, NOW);

    private final FailingStore store = new FailingStore();
    private final List<AgentEvent> events = new ArrayList<>();

    @Test
    void aLentKeepaliveIsInTheStoreAtOnce() {
        DeviceLedger ledger = new DeviceLedger(store, events::add);

        assertThat(ledger.lend(Set.of(BOB), NOTHING)).isEmpty();

        assertThat(store.load().lentKeepalives()).containsExactly(BOB);
    }

    @Test
    void aKeepaliveThatCannotBeStoredIsNotLent() {
        DeviceLedger ledger = new DeviceLedger(store, events::add);
        ledger.lend(Set.of(ALICE), NOTHING);
        store.fails = true;

        assertThat(ledger.lend(Set.of(ALICE, BOB), NOTHING)).containsExactly(BOB);

        assertThat(events).singleElement().isInstanceOf(AgentEvent.StoreFailed.class);
    }

    @Test
    void afterACrashTheNextAgentSwitchesOffWhatTheOneBeforeHasLent() {
        new DeviceLedger(store, events::add).lend(Set.of(BOB), NOTHING);

        DeviceLedger next = new DeviceLedger(store, events::add);

        assertThat(next.returning(device(DeviceDecider.LENT_KEEPALIVE), Set.of()))
                .hasValueSatisfying(change -> assertThat(change.peers())
                        .singleElement()
                        .extracting(PeerChange::publicKey, PeerChange::persistentKeepalive)
                        .hasToString("[" + BOB + ", Optional[PT0S]]"));
    }

    @Test
    void aKeepaliveThatSomebodyElseHasChangedStays() {
        DeviceLedger ledger = new DeviceLedger(store, events::add);
        ledger.lend(Set.of(BOB), NOTHING);

        assertThat(ledger.returning(device(Duration.ofSeconds(7)), Set.of())).isEmpty();
    }

    @Test
    void aKeepaliveThatIsTakenBackLeavesTheStore() {
        DeviceLedger ledger = new DeviceLedger(store, events::add);
        ledger.lend(Set.of(BOB), NOTHING);

        ledger.returned(NOTHING, Set.of());

        assertThat(store.load().lentKeepalives()).isEmpty();
    }

    @Test
    void aRelayIsInTheStoreBeforeItIsAddedAndUntilItIsRemoved() {
        DeviceLedger ledger = new DeviceLedger(store, events::add);

        assertThat(ledger.add(Set.of(BOB), NOTHING)).isEmpty();
        assertThat(store.load().addedRelays()).containsExactly(BOB);

        ledger.removed(Set.of(BOB), NOTHING);
        assertThat(store.load().addedRelays()).isEmpty();
    }

    @Test
    void aRelayThatCannotBeStoredIsNotAdded() {
        DeviceLedger ledger = new DeviceLedger(store, events::add);
        store.fails = true;

        assertThat(ledger.add(Set.of(BOB), NOTHING)).containsExactly(BOB);

        assertThat(events)
                .singleElement()
                .isInstanceOfSatisfying(
                        AgentEvent.StoreFailed.class,
                        failed -> assertThat(failed.reason()).contains("no relay is added"));
    }

    @Test
    void afterACrashTheNextAgentRemovesTheRelaysThatTheOneBeforeHasAdded() {
        new DeviceLedger(store, events::add).add(Set.of(BOB), NOTHING);

        DeviceLedger next = new DeviceLedger(store, events::add);

        assertThat(next.returning(device(Duration.ofSeconds(25)), Set.of()))
                .hasValueSatisfying(change -> assertThat(change.peers())
                        .singleElement()
                        .satisfies(part -> assertThat(part.isRemove()).isTrue()));
    }

    @Test
    void afterACrashBetweenNotingAndAddingThereIsNothingToRemove() {
        new DeviceLedger(store, events::add).add(Set.of(ALICE), NOTHING);

        DeviceLedger next = new DeviceLedger(store, events::add);
        assertThat(next.returning(device(Duration.ofSeconds(25)), Set.of())).isEmpty();
        next.returned(NOTHING, Set.of());

        assertThat(store.load().addedRelays()).isEmpty();
    }

    @Test
    void aRelayThatIsStillUsedStays() {
        DeviceLedger ledger = new DeviceLedger(store, events::add);
        ledger.add(Set.of(BOB), NOTHING);

        assertThat(ledger.returning(device(Duration.ofSeconds(25)), Set.of(BOB)))
                .isEmpty();
        ledger.returned(NOTHING, Set.of(BOB));

        assertThat(store.load().addedRelays()).containsExactly(BOB);
    }

    @Test
    void aRelayToWhichSomebodyHasGivenAllowedIpsStays() {
        DeviceLedger ledger = new DeviceLedger(store, events::add);
        ledger.add(Set.of(BOB), NOTHING);
        Device theirs = Device.builder("wg0", DeviceKind.KERNEL)
                .publicKey(ALICE)
                .peers(List.of(Peer.builder(BOB)
                        .allowedIp(IpPrefix.parse("10.9.0.0/16"))
                        .build()))
                .build();

        assertThat(ledger.returning(theirs, Set.of())).isEmpty();
    }

    private static Device device(Duration keepalive) {
        return Device.builder("wg0", DeviceKind.KERNEL)
                .publicKey(ALICE)
                .peers(List.of(Peer.builder(BOB).persistentKeepalive(keepalive).build()))
                .build();
    }

    private static final class FailingStore implements AgentStore {

        private final AgentStore memory = AgentStore.inMemory();
        private boolean fails;

        @Override
        public Kept load() {
            try {
                return memory.load();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public void save(Kept value) throws IOException {
            if (fails) {
                throw new IOException("no space left on device");
            }
            memory.save(value);
        }
    }
}
