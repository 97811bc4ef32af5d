package io.wgsd.discovery.agent;

import static io.wgsd.discovery.Samples.ALICE;
import static io.wgsd.discovery.Samples.NOW;
import static io.wgsd.discovery.Samples.REGISTRY;
import static io.wgsd.discovery.Samples.key;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.discovery.AgentEvent;
import io.wgsd.discovery.AgentRecording;
import io.wgsd.discovery.AgentStore;
import io.wgsd.discovery.PeerStatus;
import io.wgsd.discovery.RelayStatus;
import io.wgsd.discovery.Samples;
import io.wgsd.discovery.Trigger;
import io.wgsd.discovery.registry.AnsweringChannel;
import io.wgsd.discovery.route.FakeRoutes;
import io.wgsd.internal.Threads;
import io.wgsd.model.DeviceChange;
import io.wgsd.model.Endpoint;
import io.wgsd.model.Moment;
import io.wgsd.model.Peer;
import io.wgsd.model.PeerChange;
import io.wgsd.model.PublicKey;
import io.wgsd.spi.WireGuardException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Relays on a device: noted, added, watched, and removed in the end. */
class AgentLoopRelaysTest {

    private static final PublicKey RELAY = key(50);
    private static final PublicKey OTHER = key(60);
    private static final Endpoint THERE = Endpoint.parse("203.0.113.1:1000");
    private static final Endpoint AT_RELAY = Endpoint.parse("192.0.2.1:443");
    private static final Endpoint AT_OTHER = Endpoint.parse("192.0.2.2:443");

    private final AnsweringChannel registry = new AnsweringChannel()
            .advertise(ALICE, THERE)
            .announce(RELAY, AT_RELAY)
            .announce(OTHER, AT_OTHER);
    private final NotingDevice device = new NotingDevice();
    private final FailingStore store = new FailingStore();
    private final List<AgentEvent> events = new ArrayList<>();
    private final List<String> record = new ArrayList<>();
    private Moment now = NOW;

    @Test
    void aRelayIsNotedThenAddedWithoutAllowedIpsAndWithAKeepalive() {
        run(agent(true), 3);

        Peer relay = device.peer(RELAY);
        assertThat(relay.endpoint()).contains(AT_RELAY);
        assertThat(relay.allowedIps()).isEmpty();
        assertThat(relay.persistentKeepalive()).contains(Duration.ofSeconds(25));
        assertThat(device.has(OTHER)).isTrue();
        assertThat(device.notedWhenAdded).isTrue();
    }

    @Test
    void aRelayGetsAShorterKeepaliveWhereTheRegistrySeesThisHostsPortChange() {
        AgentLoop agent = agent(true);
        for (int port = 1000; port < 1004; port++) {
            registry.advertise(key(99), Endpoint.parse("198.51.100.1:" + port));
            run(agent, 65);
        }
        // A relay that is down is written with the next attempt.
        run(agent, 65);
        assertThat(device.peer(RELAY).persistentKeepalive()).contains(Duration.ofSeconds(15));
    }

    @Test
    void aRelayIsNoPeerAndIsNeverLookedUp() {
        AgentLoop agent = agent(true);
        run(agent, 60);

        assertThat(agent.statuses()).extracting(PeerStatus::publicKey).containsExactly(REGISTRY, ALICE);
        assertThat(agent.relays()).extracting(RelayStatus::publicKey).containsExactly(RELAY, OTHER);
        assertThat(registry.asked()).contains(ALICE).doesNotContain(RELAY, OTHER);
    }

    @Test
    void aRelayThatAnswersIsUpAndWhatWasRecordedSaysTheSame() {
        AgentLoop agent = agent(true);
        run(agent, 3);
        device.hears(RELAY, now.wall());
        run(agent, 3);

        assertThat(agent.relays().get(0).state()).isEqualTo(RelayStatus.State.UP);
        assertThat(events).contains(new AgentEvent.RelayUp(RELAY, AT_RELAY));
        run(agent, 20);
        assertThat(events)
                .anyMatch(event -> event instanceof AgentEvent.RelayDown down
                        && down.relay().equals(OTHER));
        assertThat(AgentRecording.replay(record.stream()))
                .extracting(AgentRecording.Entry::event)
                .filteredOn(AgentLoopRelaysTest::isOfRelay)
                .containsExactlyElementsOf(
                        events.stream().filter(AgentLoopRelaysTest::isOfRelay).toList());
    }

    @Test
    void whatWasAddedIsRemovedAtTheEnd() throws IOException {
        AgentLoop agent = agent(true);
        run(agent, 3);
        agent.end();

        assertThat(device.has(RELAY)).isFalse();
        assertThat(device.has(OTHER)).isFalse();
        assertThat(store.load().addedRelays()).isEmpty();
    }

    @Test
    void afterACrashTheNextAgentRemovesThemAndAddsThemAgain() {
        run(agent(true), 3);
        registry.withdrawRelays();

        AgentLoop next = agent(true);
        next.step();
        assertThat(device.has(RELAY)).isFalse();

        registry.announce(RELAY, AT_RELAY);
        run(next, 200);
        assertThat(device.has(RELAY)).isTrue();
    }

    @Test
    void whatTheOneBeforeHasAddedIsNoPeerUntilItCanBeRemoved() {
        PublicKey decoy = key(70);
        registry.advertise(decoy, THERE);
        device.adds(decoy);
        device.refuseWritesOf(decoy);
        store.kept = AgentStore.Kept.builder().addedRelays(Set.of(decoy, RELAY)).build();
        AgentLoop agent = agent(true);
        run(agent, 60);

        assertThat(device.has(decoy)).isTrue();
        assertThat(device.peer(decoy).endpoint()).contains(AT_RELAY);
        assertThat(agent.statuses()).extracting(PeerStatus::publicKey).containsExactly(REGISTRY, ALICE);
        assertThat(registry.asked()).contains(ALICE).doesNotContain(decoy);
        assertThat(store.kept.addedRelays()).contains(decoy);

        device.allowWrites();
        run(agent, 2);
        assertThat(device.has(decoy)).isFalse();
        assertThat(store.kept.addedRelays()).containsExactlyInAnyOrder(RELAY, OTHER);
        assertThat(device.changes())
                .flatMap(DeviceChange::peers)
                .filteredOn(part -> part.publicKey().equals(decoy))
                .allMatch(PeerChange::isRemove);
    }

    @Test
    void anAgentThatMayNotUseRelaysRemovesThoseOfTheOneBefore() {
        run(agent(true), 3);
        AgentLoop next = agent(false);
        run(next, 10);

        assertThat(device.has(RELAY)).isFalse();
        assertThat(next.relays()).isEmpty();
    }

    @Test
    void aStoreThatCannotBeWrittenMeansThatNoRelayIsAdded() {
        store.fails = true;
        AgentLoop agent = agent(true);
        run(agent, 60);

        assertThat(device.has(RELAY)).isFalse();
        assertThat(agent.relays())
                .allSatisfy(relay -> assertThat(relay.reason()).contains("is not added, since that cannot be stored"));
        assertThat(events).filteredOn(AgentEvent.StoreFailed.class::isInstance).hasSize(1);
        store.fails = false;
        run(agent, 15);
        assertThat(device.has(RELAY)).isTrue();
    }

    @Test
    void aDeviceThatRefusesOneRelayGetsTheOther() {
        device.refuseWritesOf(RELAY);
        AgentLoop agent = agent(true);
        run(agent, 3);

        assertThat(device.has(OTHER)).isTrue();
        assertThat(agent.relays().get(0).reason())
                .hasValueSatisfying(why -> assertThat(why).startsWith("cannot be written: "));
    }

    @Test
    void aRelayThatWasTakenAwayIsPutBack() {
        AgentLoop agent = agent(true);
        run(agent, 3);
        device.loses(RELAY);
        run(agent, 3);
        assertThat(device.has(RELAY)).isTrue();
    }

    @Test
    void aRelayThatSomebodyElseHasAddedIsNeitherWrittenNorRemoved() {
        device.adds(RELAY);
        AgentLoop agent = agent(true);
        run(agent, 60);
        agent.end();

        assertThat(device.has(RELAY)).isTrue();
        assertThat(device.changes())
                .flatMap(DeviceChange::peers)
                .noneMatch(part -> part.publicKey().equals(RELAY));
    }

    private static boolean isOfRelay(AgentEvent event) {
        return event instanceof AgentEvent.RelayUp || event instanceof AgentEvent.RelayDown;
    }

    private void run(AgentLoop agent, int seconds) {
        for (Moment end = now.plus(Duration.ofSeconds(seconds)); !now.isAfter(end); ) {
            now = now.plus(agent.step());
        }
    }

    private AgentLoop agent(boolean relaysAllowed) {
        return new AgentLoop(
                new AgentParts(
                        device,
                        "wg0",
                        List.of(registry),
                        Set.of(),
                        false,
                        true,
                        relaysAllowed,
                        new FakeRoutes(),
                        Trigger.none(),
                        store,
                        events::add,
                        record::add,
                        () -> now,
                        7,
                        null,
                        List.of(),
                        Threads.daemons("test")),
                () -> {});
    }

    /** Looks into the store when a relay is added. */
    private final class NotingDevice extends LiveDevice {

        private boolean notedWhenAdded;

        NotingDevice() {
            super(Samples.device(
                    Samples.peer(REGISTRY, "192.0.2.254:51820", "10.0.0.254/32"),
                    Samples.peer(ALICE, "", "10.0.0.3/32")));
        }

        void adds(PublicKey relay) {
            try {
                super.apply(
                        "wg0",
                        DeviceChange.builder().peer(relay).endpoint(AT_RELAY).build());
                changes().clear();
            } catch (WireGuardException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public synchronized void apply(String name, DeviceChange change) throws WireGuardException {
            if (change.peers().stream().anyMatch(part -> part.publicKey().equals(RELAY))) {
                notedWhenAdded = store.kept.addedRelays().contains(RELAY);
            }
            super.apply(name, change);
        }
    }

    private static final class FailingStore implements AgentStore {

        private Kept kept = Kept.nothing();
        private boolean fails;

        @Override
        public Kept load() {
            return kept;
        }

        @Override
        public void save(Kept value) throws IOException {
            if (fails) {
                throw new IOException("no space left on device");
            }
            kept = value;
        }
    }
}
