package io.wgsd.testkit.net;

import static io.wgsd.testkit.net.NatLab.ALICE;
import static io.wgsd.testkit.net.NatLab.BOB;
import static io.wgsd.testkit.net.NatLab.DEVICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.wgsd.discovery.AgentEvent;
import io.wgsd.discovery.DiscoveryAgent;
import io.wgsd.discovery.PeerLookup;
import io.wgsd.discovery.PeerState;
import io.wgsd.dnssd.Advertisement;
import io.wgsd.dnssd.NatMapping;
import io.wgsd.dnssd.RelayAdvertisement;
import io.wgsd.model.Endpoint;
import io.wgsd.model.PublicKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Written with what an embedder has: nothing here is seen by this package alone. */
class SimulatedRegistryTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final RelayAdvertisement RELAY =
            new RelayAdvertisement(NatLab.REGISTRY, List.of(Endpoint.parse("192.0.2.9:443")));

    private final NatLab lab = NatLab.builder().up();
    private final Timeline timeline = lab.timeline();
    private final SimulatedRegistry registry = SimulatedRegistry.start(lab.registry(), DEVICE);

    @Test
    void agentsThatAskItBringUpADirectTunnel() {
        try (DiscoveryAgent alice = registry.agent(lab.alice(), DEVICE).start();
                DiscoveryAgent bob = registry.agent(lab.bob(), DEVICE).start()) {
            assertThat(timeline.runUntil(lab::isConnected, LIMIT)).isTrue();
            assertThat(alice.state())
                    .anySatisfy(peer -> assertThat(peer.publicKey()).isEqualTo(BOB));
        }
    }

    @Test
    void anAgentCountsWhatItDoes() {
        try (DiscoveryAgent alice = registry.agent(lab.alice(), DEVICE).start();
                DiscoveryAgent bob = registry.agent(lab.bob(), DEVICE).start()) {
            timeline.runFor(LIMIT);

            assertThat(alice.stats().readings()).isPositive();
            assertThat(alice.stats().writes()).isPositive();
            assertThat(alice.stats().endpointsSet()).isPositive();
            assertThat(alice.stats().peers()).isEqualTo(Map.of(PeerState.DIRECT, 1, PeerState.KEPT, 1));
            assertThat(bob.stats().failedReadings()).isZero();
        }
    }

    @Test
    void theSameSeedMeansTheSameHistory() {
        assertThat(hash()).isEqualTo(hash());
    }

    @Test
    void aWrongAdvertisementIsReplacedOnceTheRightOneIsPushed() {
        registry.pushing(true).advertise(ALICE, Endpoint.parse("198.51.100.77:1"));
        List<AgentEvent> events = new ArrayList<>();
        try (DiscoveryAgent bob =
                registry.agent(lab.bob(), DEVICE).listener(events::add).start()) {
            timeline.runFor(LIMIT);
            assertThat(endpointOfAlice()).contains(Endpoint.parse("198.51.100.77:1"));

            registry.advertiseWhatIsHeard();
            timeline.runFor(LIMIT);

            assertThat(endpointOfAlice()).isEqualTo(lab.advertised(ALICE));
            assertThat(events).isNotEmpty();
        }
    }

    @Test
    void itAnnouncesRelaysAndSaysWhomTheyHear() {
        Map<RelayAdvertisement, Set<PublicKey>> heard = new HashMap<>();
        heard.put(RELAY, Set.of(BOB));
        registry.relays(() -> heard).setNatMapping(BOB, NatMapping.ADDRESS_AND_PORT_DEPENDENT);
        PeerLookup lookup = registry.lookup(lab.alice(), DEVICE);
        CompletableFuture<List<RelayAdvertisement>> relays =
                lookup.relaysAsync().toCompletableFuture();
        CompletableFuture<Optional<Advertisement>> bob = lookup.lookupAsync(BOB).toCompletableFuture();

        timeline.runFor(Duration.ofSeconds(1));

        assertThat(relays).isCompletedWithValue(List.of(RELAY));
        assertThat(bob.join()).get().satisfies(peer -> {
            assertThat(peer.relays()).containsExactly(RELAY.publicKey());
            assertThat(peer.natMapping()).contains(NatMapping.ADDRESS_AND_PORT_DEPENDENT);
        });
    }

    @Test
    void itPushesWhichRelaysHearAPeer() {
        Map<RelayAdvertisement, Set<PublicKey>> heard = new HashMap<>();
        List<List<PublicKey>> pushed = new ArrayList<>();
        registry.relays(() -> heard)
                .pushing(true)
                .lookup(lab.alice(), DEVICE)
                .follow(
                        Set.of(BOB),
                        (key, change) -> pushed.add(change.orElseThrow().relays()));
        timeline.runFor(Duration.ofSeconds(1));

        heard.put(RELAY, Set.of(BOB));
        timeline.runFor(Duration.ofSeconds(1));

        assertThat(pushed).containsExactly(List.of(), List.of(RELAY.publicKey()));
    }

    @Test
    void itAdvertisesNobodyAtARelaysOwnEndpoint() {
        timeline.runFor(Duration.ofSeconds(1));
        Endpoint bob = registry.advertised(BOB).orElseThrow();
        registry.relays(() -> Map.of(new RelayAdvertisement(NatLab.REGISTRY, List.of(bob)), Set.of()));

        assertThat(registry.advertised(BOB)).isEmpty();
        assertThat(registry.advertised(ALICE)).isPresent();
    }

    @Test
    void aLookupEndsInVirtualTime() {
        PeerLookup lookup = registry.lookup(lab.alice(), DEVICE);
        CompletableFuture<Optional<Advertisement>> bob = lookup.lookupAsync(BOB).toCompletableFuture();
        assertThat(bob).isNotDone();

        timeline.runFor(Duration.ofSeconds(1));

        assertThat(bob.join().orElseThrow().endpoints())
                .containsExactly(registry.advertised(BOB).orElseThrow());
    }

    @Test
    void aLookupOfASilentRegistryFailsAfterFiveSeconds() {
        registry.setAnswering(false);
        CompletableFuture<Optional<Advertisement>> bob =
                registry.lookup(lab.alice(), DEVICE).lookupAsync(BOB).toCompletableFuture();

        timeline.runFor(Duration.ofSeconds(5));

        assertThat(bob).isCompletedExceptionally();
    }

    @Test
    void aBlockingLookupIsRefusedBecauseItWouldNeverEnd() {
        PeerLookup lookup = registry.lookup(lab.alice(), DEVICE);

        assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> lookup.lookup(BOB));
        assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(lookup::browseAll);
        assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(lookup::relays);
    }

    @Test
    void aDeviceWithoutATunnelAddressCannotHaveARegistry() {
        lab.registry().createWireGuard("wg1");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> SimulatedRegistry.start(lab.registry(), "wg1"))
                .withMessage("wg1 of registry has no tunnel address");
    }

    private Optional<Endpoint> endpointOfAlice() {
        return lab.bob().wireGuard(DEVICE).device().peer(ALICE).orElseThrow().endpoint();
    }

    private static long hash() {
        NatLab lab = NatLab.builder().up();
        SimulatedRegistry registry = SimulatedRegistry.start(lab.registry(), DEVICE);
        registry.agent(lab.alice(), DEVICE).start();
        registry.agent(lab.bob(), DEVICE).start();
        lab.timeline().runFor(Duration.ofMinutes(5));
        return lab.net().trace().hash();
    }
}
