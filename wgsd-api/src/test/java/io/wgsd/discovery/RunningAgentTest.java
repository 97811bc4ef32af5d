package io.wgsd.discovery;

import static io.wgsd.discovery.Samples.ALICE;
import static io.wgsd.discovery.Samples.BOB;
import static io.wgsd.discovery.Samples.NAMES;
import static io.wgsd.discovery.Samples.REGISTRY;
import static io.wgsd.discovery.Samples.device;
import static io.wgsd.discovery.Samples.peer;
import static io.wgsd.discovery.exchange.ScriptedResponse.address;
import static io.wgsd.discovery.exchange.ScriptedResponse.srv;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.wgsd.discovery.AgentEvent.DeviceDown;
import io.wgsd.discovery.AgentEvent.DeviceUp;
import io.wgsd.discovery.AgentEvent.EndpointSet;
import io.wgsd.discovery.AgentEvent.RegistryDown;
import io.wgsd.discovery.AgentEvent.RegistryNotAsked;
import io.wgsd.discovery.AgentEvent.RegistryUp;
import io.wgsd.discovery.AgentEvent.StoreFailed;
import io.wgsd.discovery.agent.LiveDevice;
import io.wgsd.discovery.decide.DeviceDecider;
import io.wgsd.discovery.exchange.ExchangeException;
import io.wgsd.discovery.exchange.ExchangeException.Reason;
import io.wgsd.discovery.exchange.FakeAsker;
import io.wgsd.discovery.route.FakeRoutes;
import io.wgsd.discovery.route.SwitchedChanges;
import io.wgsd.internal.Waiting;
import io.wgsd.model.DeviceChange;
import io.wgsd.model.Endpoint;
import io.wgsd.model.PublicKey;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Type;

/** A {@link DiscoveryAgent} that runs on its own thread: what it does to a device, reports, stores and undoes. */
@Timeout(60)
class RunningAgentTest {

    private static final InetSocketAddress INSIDE = new InetSocketAddress("10.0.0.254", 53);
    private static final InetSocketAddress OUTSIDE = new InetSocketAddress("192.0.2.53", 53);
    private static final Endpoint THERE = Endpoint.parse("203.0.113.1:1000");

    private final FakeAsker registry = new FakeAsker();
    private final List<AgentEvent> events = new CopyOnWriteArrayList<>();
    private final AgentStore store = AgentStore.inMemory();
    private final LiveDevice device = new LiveDevice(device(
            peer(REGISTRY, "192.0.2.254:51820", "10.0.0.254/32"),
            peer(ALICE, "", "10.0.0.3/32"),
            peer(BOB, "", "198.18.7.7/32")));
    private Optional<DiscoveryAgent> running = Optional.empty();

    @AfterEach
    void close() {
        running.ifPresent(DiscoveryAgent::close);
    }

    @Test
    void itSetsAnAdvertisedEndpointAndReportsIt() {
        advertise(ALICE);
        start(builder(INSIDE));

        Waiting.until(() -> device.peer(ALICE).endpoint().equals(Optional.of(THERE)));
        Waiting.until(() -> events.contains(new EndpointSet(ALICE, THERE, Optional.empty())));
        assertThat(events).contains(new DeviceUp("wg0"), new RegistryUp(INSIDE));
        assertThat(status(ALICE).state()).isEqualTo(PeerState.CALLING);
        assertThat(status(ALICE).advertised()).contains(THERE);
        assertThat(status(REGISTRY).state()).isEqualTo(PeerState.KEPT);
        assertThat(status(BOB).state()).isEqualTo(PeerState.WAITING);
        AgentHealth health = running.orElseThrow().health();
        assertThat(health.isWorking()).isTrue();
        assertThat(health.registries().get(0).age()).isPresent();
    }

    @Test
    void aPeerThatTheCallerNamesIsKept() {
        advertise(ALICE);
        start(builder(INSIDE).keep(ALICE));

        Waiting.until(() -> !running.orElseThrow().state().isEmpty());
        assertThat(status(ALICE).state()).isEqualTo(PeerState.KEPT);
    }

    @Test
    void aKeepaliveThatWasLentIsNotedFirstAndPutBackAtTheEnd() throws IOException {
        advertise(BOB);
        start(builder(INSIDE));
        Waiting.until(() -> device.peer(BOB).persistentKeepalive().isPresent());

        assertThat(store.load().lentKeepalives()).containsExactly(BOB);
        running.orElseThrow().close();
        assertThat(device.peer(BOB).persistentKeepalive()).isEmpty();
        assertThat(store.load().lentKeepalives()).isEmpty();
    }

    @Test
    void aKeepaliveThatTheAgentBeforeHasLentIsPutBackAtTheStart() throws Exception {
        device.apply(
                "wg0",
                DeviceChange.builder()
                        .peer(BOB)
                        .persistentKeepalive(DeviceDecider.LENT_KEEPALIVE)
                        .build());
        store.save(AgentStore.Kept.builder().lentKeepalives(Set.of(BOB)).build());
        start(builder(INSIDE));

        Waiting.until(() -> device.peer(BOB).persistentKeepalive().isEmpty());
    }

    @Test
    void aKeepaliveThatSomebodyHasChangedMeanwhileIsTheirs() throws Exception {
        device.apply(
                "wg0",
                DeviceChange.builder()
                        .peer(BOB)
                        .persistentKeepalive(Duration.ofSeconds(7))
                        .build());
        store.save(AgentStore.Kept.builder().lentKeepalives(Set.of(BOB)).build());
        start(builder(INSIDE));

        Waiting.until(() -> loadedKeepalives().isEmpty());
        assertThat(device.peer(BOB).persistentKeepalive()).contains(Duration.ofSeconds(7));
    }

    @Test
    void aStoreThatFailsMeansThatNothingIsLent() {
        advertise(BOB);
        start(builder(INSIDE).store(new AgentStore() {
            @Override
            public Kept load() throws IOException {
                throw new IOException("the disk is broken");
            }

            @Override
            public void save(Kept value) throws IOException {
                throw new IOException("the disk is full");
            }
        }));

        Waiting.until(() -> statusIfAny(BOB).flatMap(PeerStatus::reason).isPresent());
        assertThat(device.changes()).isEmpty();
        assertThat(events).filteredOn(StoreFailed.class::isInstance).hasSize(2);
    }

    @Test
    void whereNoRegistryAnswersTheLastGoodEndpointIsTried() throws IOException {
        store.save(AgentStore.Kept.builder().endpoints(Map.of(ALICE, THERE)).build());
        fail(ALICE);
        fail(BOB);
        start(builder(INSIDE));

        Waiting.until(() -> device.peer(ALICE).endpoint().equals(Optional.of(THERE)));
        Waiting.until(() -> events.stream().anyMatch(event -> event instanceof RegistryDown));
    }

    @Test
    void aRegistryThatIsNotReachedThroughTheDeviceIsNotAsked() {
        advertise(ALICE);
        start(builder(OUTSIDE));

        Waiting.until(() -> events.stream().anyMatch(event -> event instanceof RegistryNotAsked));
        Waiting.until(() -> !running.orElseThrow().state().isEmpty());
        assertThat(registry.asked()).isEmpty();
        assertThat(events).noneMatch(event -> event instanceof RegistryDown);
        assertThat(events)
                .filteredOn(event -> event instanceof RegistryNotAsked)
                .singleElement()
                .satisfies(event -> assertThat(((RegistryNotAsked) event).reason())
                        .contains("192.0.2.53:53 is not asked", "no peer of wg0 has its address", "demand a signer"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anInterfaceThatComesUpAfterTheAgentIsUsedAtOnce(boolean told) {
        SwitchedChanges changes = new SwitchedChanges();
        FakeRoutes routes = new FakeRoutes().route("10.0.0.0/24", FakeRoutes.OUTER);
        advertise(ALICE);
        start(builder(INSIDE).routes(told ? routes.changes(changes) : routes));
        Waiting.until(() -> events.stream().anyMatch(event -> event instanceof RegistryNotAsked));
        assertThat(registry.asked()).isEmpty();

        long began = System.nanoTime();
        routes.route("10.0.0.0/24", FakeRoutes.INNER);
        changes.happen();
        Waiting.until(() -> device.peer(ALICE).endpoint().isPresent());
        assertThat(Duration.ofNanos(System.nanoTime() - began))
                .as("half of what a look around without a reason takes")
                .isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void theNetworkIsNotWatchedAnyMoreAfterTheEnd() {
        SwitchedChanges changes = new SwitchedChanges();
        start(builder(INSIDE).routes(new FakeRoutes().changes(changes)));
        Waiting.until(changes::isWaitedFor);

        running.orElseThrow().close();
        Waiting.until(changes::isClosed);
    }

    @Test
    void unlessTheCallerSaysThatItMayBe() {
        advertise(ALICE);
        start(builder(OUTSIDE).allowInsecureDns(true));

        Waiting.until(() -> device.peer(ALICE).endpoint().isPresent());
    }

    @Test
    void aDeviceThatGoesAndComesIsFollowed() {
        device.gone(true);
        start(builder(INSIDE));
        Waiting.until(() -> events.stream().anyMatch(event -> event instanceof DeviceDown));

        advertise(ALICE);
        device.gone(false);
        Waiting.until(() -> device.peer(ALICE).endpoint().isPresent());
    }

    @Test
    void aBackendThatRefusesRestartsAfterAllIsNotAskedAgain() {
        advertise(ALICE);
        device.refuseRestarts();
        start(builder(INSIDE));

        Waiting.until(() -> statusIfAny(ALICE)
                .filter(status -> status.state() == PeerState.SILENT)
                .isPresent());
        assertThat(device.peer(ALICE).endpoint()).contains(THERE);
    }

    @Test
    void aDeviceThatCannotBeWrittenIsReportedOnce() {
        advertise(ALICE);
        device.refuseWrites();
        start(builder(INSIDE));

        Waiting.until(() -> statusIfAny(ALICE).flatMap(PeerStatus::reason).isPresent());
        assertThat(events).filteredOn(event -> event instanceof DeviceDown).hasSize(1);
    }

    @Test
    void aListenerThatThrowsDoesNotEndIt() {
        advertise(ALICE);
        List<Throwable> thrown = new CopyOnWriteArrayList<>();
        start(builder(INSIDE)
                .listener(event -> {
                    throw new IllegalStateException("a listener's fault");
                })
                .threadFactory(task -> {
                    Thread thread = new Thread(task);
                    thread.setUncaughtExceptionHandler((who, what) -> thrown.add(what));
                    return thread;
                }));

        Waiting.until(() -> device.peer(ALICE).endpoint().isPresent());
        assertThat(thrown).isNotEmpty();
    }

    @Test
    void itMayBeClosedTwice() {
        DiscoveryAgent agent = builder(INSIDE).start();
        agent.close();
        assertThatCode(agent::close).doesNotThrowAnyException();
    }

    private void start(DiscoveryAgentBuilder builder) {
        running = Optional.of(builder.start());
    }

    private DiscoveryAgentBuilder builder(InetSocketAddress server) {
        DiscoveryClient client =
                DiscoveryClient.builder(NAMES).server(server).asker(registry).build();
        return DiscoveryAgent.builder(device, "wg0", client)
                .routes(new FakeRoutes())
                .trigger(Trigger.none())
                .store(store)
                .listener(events::add);
    }

    private PeerStatus status(PublicKey key) {
        return statusIfAny(key).orElseThrow();
    }

    private Optional<PeerStatus> statusIfAny(PublicKey key) {
        return running.orElseThrow().state().stream()
                .filter(status -> status.publicKey().equals(key))
                .findFirst();
    }

    private Set<PublicKey> loadedKeepalives() {
        try {
            return store.load().lentKeepalives();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void advertise(PublicKey key) {
        registry.on(NAMES.instance(key), Type.SRV)
                .answer(srv(NAMES.instance(key), THERE.port(), NAMES.host(key)))
                .additional(address(NAMES.host(key), "203.0.113.1"));
    }

    private void fail(PublicKey key) {
        registry.fail(NAMES.instance(key), Type.SRV, new ExchangeException(Reason.TIMED_OUT, INSIDE, "no answer"));
    }
}
