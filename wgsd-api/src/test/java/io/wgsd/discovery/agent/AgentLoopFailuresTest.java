package io.wgsd.discovery.agent;

import static io.wgsd.discovery.Samples.ALICE;
import static io.wgsd.discovery.Samples.BOB;
import static io.wgsd.discovery.Samples.NOW;
import static io.wgsd.discovery.Samples.REGISTRY;
import static io.wgsd.discovery.Samples.device;
import static io.wgsd.discovery.Samples.peer;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.discovery.AgentEvent;
import io.wgsd.discovery.AgentEvent.DeviceDown;
import io.wgsd.discovery.AgentEvent.EndpointSet;
import io.wgsd.discovery.AgentEvent.PeerChanged;
import io.wgsd.discovery.AgentEvent.StoreFailed;
import io.wgsd.discovery.AgentRecording;
import io.wgsd.discovery.AgentStore;
import io.wgsd.discovery.PeerState;
import io.wgsd.discovery.PeerStatus;
import io.wgsd.discovery.Trigger;
import io.wgsd.discovery.registry.AnsweringChannel;
import io.wgsd.discovery.route.FakeRoutes;
import io.wgsd.internal.Threads;
import io.wgsd.model.Endpoint;
import io.wgsd.model.Moment;
import io.wgsd.model.PublicKey;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** {@link AgentLoop} where something fails: what did not happen is not reported as done. */
class AgentLoopFailuresTest {

    private static final Endpoint THERE = Endpoint.parse("203.0.113.1:1000");

    private final AnsweringChannel registry =
            new AnsweringChannel().advertise(ALICE, THERE).advertise(BOB, THERE);
    private final List<AgentEvent> events = new ArrayList<>();
    private final List<String> record = new ArrayList<>();
    private final LiveDevice device = new LiveDevice(device(
            peer(REGISTRY, "192.0.2.254:51820", "10.0.0.254/32"),
            peer(ALICE, "", "10.0.0.3/32"),
            peer(BOB, "", "198.18.7.7/32")));
    private Moment now = NOW;
    private boolean woken;

    @Test
    void aWriteThatFailsIsNeitherAnAttemptNorAnEvent() {
        device.refuseWrites();
        AgentLoop agent = agent(AgentStore.inMemory());
        passes(agent, Duration.ofMinutes(1));

        assertThat(events).noneMatch(EndpointSet.class::isInstance);
        assertThat(events).filteredOn(DeviceDown.class::isInstance).hasSize(1);
        assertThat(status(agent, ALICE).state()).isEqualTo(PeerState.CALLING);
        assertThat(status(agent, ALICE).reason().orElseThrow()).contains("become root");
        assertThat(status(agent, ALICE).endpoint()).isEmpty();
    }

    @Test
    void aFailedWriteIsRepeatedOnceItCanSucceed() {
        device.refuseWrites();
        AgentLoop agent = agent(AgentStore.inMemory());
        passes(agent, Duration.ofMinutes(1));
        device.allowWrites();
        passes(agent, Duration.ofSeconds(1));

        assertThat(device.peer(ALICE).endpoint()).contains(THERE);
        assertThat(events).contains(new EndpointSet(ALICE, THERE, Optional.empty()));
        assertThat(status(agent, ALICE).reason()).isEmpty();
    }

    @Test
    void theAppliedPartOfAnInterruptedChangeIsDone() {
        device.refuseWritesOf(BOB);
        AgentLoop agent = agent(AgentStore.inMemory());
        passes(agent, Duration.ofSeconds(1));

        assertThat(events)
                .filteredOn(EndpointSet.class::isInstance)
                .containsExactly(new EndpointSet(ALICE, THERE, Optional.empty()));
        assertThat(status(agent, BOB).reason().orElseThrow()).contains("stopped in the middle");
    }

    @Test
    void aKeepaliveThatCannotBeNotedKeepsNothingElseFromBeingDone() {
        AgentLoop agent = agent(failing(new IOException("/var/lib/wgsd is read-only")));
        passes(agent, Duration.ofMinutes(1));

        assertThat(device.peer(ALICE).endpoint()).contains(THERE);
        assertThat(device.peer(BOB).endpoint()).isEmpty();
        assertThat(events).filteredOn(EndpointSet.class::isInstance).hasSize(1);
        assertThat(status(agent, BOB).reason().orElseThrow()).contains("keepalive is not lent", "cannot be stored");
        assertThat(status(agent, BOB).state()).isEqualTo(PeerState.CALLING);
    }

    @Test
    void aStoreThatCannotBeWrittenIsReportedOnceAtTheStart() {
        AgentLoop agent = agent(failing(new IOException("/var/lib/wgsd is read-only")));

        assertThat(events)
                .singleElement()
                .isInstanceOfSatisfying(
                        StoreFailed.class,
                        failed -> assertThat(failed.reason()).contains("/var/lib/wgsd is read-only", "keepalive"));
        passes(agent, Duration.ofMinutes(2));
        assertThat(events).filteredOn(StoreFailed.class::isInstance).hasSize(1);
    }

    @Test
    void aStoreThatThrowsAnUnexpectedExceptionIsReportedToo() {
        AgentLoop agent = agent(failing(new IllegalStateException("a store's fault")));
        passes(agent, Duration.ofSeconds(1));

        assertThat(events).filteredOn(StoreFailed.class::isInstance).hasSize(1);
        assertThat(device.peer(ALICE).endpoint()).contains(THERE);
    }

    @Test
    void aRecorderThatThrowsKeepsNothingFromBeingDone() {
        List<Throwable> thrown = new ArrayList<>();
        Thread.currentThread().setUncaughtExceptionHandler((who, what) -> thrown.add(what));
        try {
            AgentLoop agent = agent(AgentStore.inMemory(), line -> {
                throw new IllegalStateException("a recorder's fault");
            });
            passes(agent, Duration.ofSeconds(1));
        } finally {
            Thread.currentThread().setUncaughtExceptionHandler(null);
        }

        assertThat(device.peer(ALICE).endpoint()).contains(THERE);
        assertThat(thrown).isNotEmpty();
    }

    @Test
    void aRecordOfFailuresIsReplayedAsItWas() {
        device.refuseWritesOf(BOB);
        AgentLoop agent = agent(AgentStore.inMemory());
        passes(agent, Duration.ofSeconds(5));
        device.refuseRestarts();
        passes(agent, Duration.ofSeconds(5));

        assertThat(AgentRecording.replay(record.stream()))
                .extracting(AgentRecording.Entry::event)
                .isEqualTo(events.stream()
                        .filter(event -> event instanceof PeerChanged || event instanceof EndpointSet)
                        .toList());
    }

    private static AgentStore failing(Exception failure) {
        return new AgentStore() {
            @Override
            public Kept load() {
                return Kept.nothing();
            }

            @Override
            public void save(Kept value) throws IOException {
                if (failure instanceof IOException known) {
                    throw known;
                }
                throw (RuntimeException) failure;
            }
        };
    }

    private AgentLoop agent(AgentStore store) {
        return agent(store, record::add);
    }

    private AgentLoop agent(AgentStore store, Consumer<String> recorder) {
        return new AgentLoop(
                new AgentParts(
                        device,
                        "wg0",
                        List.of(registry),
                        Set.of(),
                        false,
                        true,
                        true,
                        new FakeRoutes(),
                        Trigger.none(),
                        store,
                        events::add,
                        recorder,
                        () -> now,
                        7,
                        null,
                        List.of(),
                        Threads.daemons("test")),
                () -> woken = true);
    }

    private void passes(AgentLoop agent, Duration time) {
        Moment end = now.plus(time);
        while (!end.hasCome(now)) {
            woken = false;
            Duration pause = agent.step();
            now = now.plus(woken ? Duration.ofMillis(1) : pause);
        }
    }

    private static PeerStatus status(AgentLoop agent, PublicKey key) {
        return agent.statuses().stream()
                .filter(status -> status.publicKey().equals(key))
                .findFirst()
                .orElseThrow();
    }
}
