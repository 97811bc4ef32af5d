package io.wgsd.discovery.registry;

import static io.wgsd.discovery.Samples.NOW;
import static io.wgsd.discovery.Samples.REGISTRY;
import static io.wgsd.discovery.Samples.device;
import static io.wgsd.discovery.Samples.peer;
import static io.wgsd.discovery.Samples.shaken;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.discovery.AgentEvent;
import io.wgsd.discovery.AgentEvent.EndpointSet;
import io.wgsd.discovery.AgentEvent.NameNotResolved;
import io.wgsd.discovery.AgentStore;
import io.wgsd.discovery.Trigger;
import io.wgsd.discovery.agent.AgentLoop;
import io.wgsd.discovery.agent.AgentParts;
import io.wgsd.discovery.agent.LiveDevice;
import io.wgsd.discovery.route.FakeRoutes;
import io.wgsd.internal.Threads;
import io.wgsd.model.Endpoint;
import io.wgsd.model.Moment;
import io.wgsd.model.Peer;
import io.wgsd.model.PublicKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The registry's own peer is set to where its name says, while its session is dead and only then. */
class RegistryPeerEndpointTest {

    private static final Endpoint OLD = Endpoint.parse("192.0.2.254:51820");
    private static final Endpoint NEW = Endpoint.parse("192.0.2.9:51820");

    private final FakeResolver names = new FakeResolver().are("192.0.2.9");
    private final AnsweringChannel registry = new AnsweringChannel();
    private final List<AgentEvent> events = new ArrayList<>();
    private Moment now = NOW;
    private LiveDevice device = new LiveDevice(device());

    @Test
    void aPeerThatNeverHadASessionIsSetAtOnce() {
        registry.fail();
        passes(registryEndpoint(), Duration.ofSeconds(2));

        assertThat(device.peer(REGISTRY).endpoint()).contains(NEW);
        assertThat(events).contains(new EndpointSet(REGISTRY, NEW, Optional.of(OLD)));
    }

    @Test
    void aPeerWithALiveSessionIsNotTouchedAndItsNameNotLookedUp() {
        registry.fail();
        passes(shaken(registryEndpoint(), 10), Duration.ofSeconds(60));

        assertThat(device.changes()).isEmpty();
        assertThat(names.asked()).isZero();
    }

    @Test
    void aPeerWhoseSessionHasExpiredIsSetSomeSecondsLater() {
        registry.fail();
        passes(shaken(registryEndpoint(), 170), Duration.ofSeconds(13));
        assertThat(device.changes()).isEmpty();

        passes(Duration.ofSeconds(10));
        assertThat(device.peer(REGISTRY).endpoint()).contains(NEW);
    }

    @Test
    void aRegistryThatAnswersIsNotMovedNoMatterHowItsHandshakeLooks() {
        passes(shaken(registryEndpoint(), 4000), Duration.ofSeconds(60));

        assertThat(device.peer(REGISTRY).endpoint()).contains(OLD);
    }

    @Test
    void aPeerThatTheCallerKeepsIsNotWritten() {
        registry.fail();
        passes(registryEndpoint(), Duration.ofSeconds(60), Set.of(REGISTRY));

        assertThat(device.changes()).isEmpty();
    }

    @Test
    void ofSeveralAddressesEachIsTriedInTurn() {
        registry.fail();
        names.are("192.0.2.9", "192.0.2.10");
        passes(registryEndpoint(), Duration.ofSeconds(60));

        assertThat(device.changes()).hasSizeBetween(3, 5);
    }

    @Test
    void anAddressThatNoHostCouldHaveIsNotSet() {
        registry.fail();
        names.are("127.0.0.1");
        passes(registryEndpoint(), Duration.ofSeconds(60));

        assertThat(device.changes()).isEmpty();
    }

    @Test
    void aNameThatIsNotResolvedIsReportedOnce() {
        registry.fail();
        names.are();
        passes(registryEndpoint(), Duration.ofSeconds(60));

        assertThat(events)
                .filteredOn(NameNotResolved.class::isInstance)
                .singleElement()
                .satisfies(
                        event -> assertThat(((NameNotResolved) event).reason()).contains("hub.example.com", "check"));
    }

    private static Peer registryEndpoint() {
        return peer(REGISTRY, OLD.toString(), "10.0.0.254/32");
    }

    private void passes(Peer registryEndpoint, Duration time) {
        passes(registryEndpoint, time, Set.of());
    }

    private void passes(Peer registryEndpoint, Duration time, Set<PublicKey> kept) {
        device = new LiveDevice(device(registryEndpoint));
        agent = agent(kept);
        passes(time);
    }

    private Optional<AgentLoop> agent = Optional.empty();

    private void passes(Duration time) {
        Moment end = now.plus(time);
        while (!end.hasCome(now)) {
            agent.orElseThrow().step();
            now = now.plus(Duration.ofMillis(250));
        }
    }

    private Optional<AgentLoop> agent(Set<PublicKey> kept) {
        RegistryPeerEndpoint following =
                new RegistryPeerEndpoint(new HostName("hub.example.com", 51820), names, new InlineThreads());
        return Optional.of(new AgentLoop(
                new AgentParts(
                        device,
                        "wg0",
                        List.of(registry),
                        kept,
                        false,
                        true,
                        true,
                        new FakeRoutes(),
                        Trigger.none(),
                        AgentStore.inMemory(),
                        events::add,
                        null,
                        () -> now,
                        7,
                        following,
                        List.of(),
                        Threads.daemons("test")),
                () -> {}));
    }
}
