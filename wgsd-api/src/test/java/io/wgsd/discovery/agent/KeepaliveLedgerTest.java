package io.wgsd.discovery.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.discovery.AgentEvent;
import io.wgsd.discovery.AgentStore;
import io.wgsd.discovery.decide.AgentMemory;
import io.wgsd.discovery.decide.DeviceDecider;
import io.wgsd.model.Device;
import io.wgsd.model.DeviceKind;
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

/** A keepalive that is lent is in the store before it is on the device, and stays there until it is taken back. */
class KeepaliveLedgerTest {

    private static final PublicKey ALICE = PublicKey.parse("xScVkH3fUGUv4RrJFfmcqm8rs3SEHr41km6+yffAHw4=");
    private static final PublicKey BOB = PublicKey.parse("syKB97XhGnvC+kynh2KqQJPXoOoOpx/HmpMRTc+r4js=");
    private static final Moment NOW = new Moment(Instant.parse("2026-01-01T12:00:00Z"), 0);
    private static final AgentMemory NOTHING = AgentMemory.initial(1, NOW);

    private final FailingStore store = new FailingStore();
    private final List<AgentEvent> events = new ArrayList<>();

    @Test
    void aLentKeepaliveIsInTheStoreAtOnce() {
        KeepaliveLedger ledger = new KeepaliveLedger(store, events::add);

        assertThat(ledger.lend(Set.of(BOB), NOTHING)).isEmpty();

        assertThat(store.load().lentKeepalives()).containsExactly(BOB);
    }

    @Test
    void aKeepaliveThatCannotBeStoredIsNotLent() {
        KeepaliveLedger ledger = new KeepaliveLedger(store, events::add);
        ledger.lend(Set.of(ALICE), NOTHING);
        store.fails = true;

        assertThat(ledger.lend(Set.of(ALICE, BOB), NOTHING)).containsExactly(BOB);

        assertThat(events).singleElement().isInstanceOf(AgentEvent.StoreFailed.class);
    }

    @Test
    void afterACrashTheNextAgentSwitchesOffWhatTheOneBeforeHasLent() {
        new KeepaliveLedger(store, events::add).lend(Set.of(BOB), NOTHING);

        KeepaliveLedger next = new KeepaliveLedger(store, events::add);

        assertThat(next.returning(device(DeviceDecider.LENT_KEEPALIVE)))
                .hasValueSatisfying(change -> assertThat(change.peers())
                        .singleElement()
                        .extracting(PeerChange::publicKey, PeerChange::persistentKeepalive)
                        .hasToString("[" + BOB + ", Optional[PT0S]]"));
    }

    @Test
    void aKeepaliveThatSomebodyElseHasChangedStays() {
        KeepaliveLedger ledger = new KeepaliveLedger(store, events::add);
        ledger.lend(Set.of(BOB), NOTHING);

        assertThat(ledger.returning(device(Duration.ofSeconds(7)))).isEmpty();
    }

    @Test
    void aKeepaliveThatIsTakenBackLeavesTheStore() {
        KeepaliveLedger ledger = new KeepaliveLedger(store, events::add);
        ledger.lend(Set.of(BOB), NOTHING);

        ledger.returned(NOTHING);

        assertThat(store.load().lentKeepalives()).isEmpty();
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
