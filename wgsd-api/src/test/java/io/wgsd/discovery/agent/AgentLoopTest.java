package io.wgsd.discovery.agent;

import static io.wgsd.discovery.Samples.ALICE;
import static io.wgsd.discovery.Samples.BOB;
import static io.wgsd.discovery.Samples.NOW;
import static io.wgsd.discovery.Samples.REGISTRY;
import static io.wgsd.discovery.Samples.device;
import static io.wgsd.discovery.Samples.peer;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.discovery.AgentEvent;
import io.wgsd.discovery.AgentStore;
import io.wgsd.discovery.Trigger;
import io.wgsd.discovery.registry.AnsweringChannel;
import io.wgsd.discovery.route.FakeRoutes;
import io.wgsd.internal.Threads;
import io.wgsd.model.Endpoint;
import io.wgsd.model.Moment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** One step after the other: look, decide, act. What an agent says of failures is in {@link AgentLoopFailuresTest}. */
class AgentLoopTest {

    private static final Endpoint THERE = Endpoint.parse("203.0.113.1:1000");

    private final FakeRoutes routes = new FakeRoutes();
    private final AnsweringChannel registry =
            new AnsweringChannel().advertise(ALICE, THERE).advertise(BOB, THERE);
    private final LiveDevice device = new LiveDevice(device(
            peer(REGISTRY, "192.0.2.254:51820", "10.0.0.254/32"),
            peer(ALICE, "", "10.0.0.3/32"),
            peer(BOB, "", "198.18.7.7/32")));
    private final List<AgentEvent> events = new ArrayList<>();
    private Moment now = NOW;
    private int callsWhenSeen;

    @Test
    void theSystemIsAskedBeforeADecisionIsMade() {
        AgentLoop agent = agent();
        int looks = 0;
        for (Moment end = now.plus(Duration.ofMinutes(1)); !end.hasCome(now); looks++) {
            now = now.plus(agent.step());
            assertThat(routes.calls()).isEqualTo(callsWhenSeen);
        }
        assertThat(looks).isGreaterThan(60);
        assertThat(events).anyMatch(AgentEvent.EndpointSet.class::isInstance);
    }

    /** A line is recorded right before each decision. */
    private AgentLoop agent() {
        return new AgentLoop(
                new AgentParts(
                        device,
                        "wg0",
                        List.of(registry),
                        Set.of(),
                        false,
                        true,
                        true,
                        routes,
                        Trigger.none(),
                        AgentStore.inMemory(),
                        events::add,
                        line -> callsWhenSeen = routes.calls(),
                        () -> now,
                        7,
                        null,
                        List.of(),
                        Threads.daemons("test")),
                () -> {});
    }
}
