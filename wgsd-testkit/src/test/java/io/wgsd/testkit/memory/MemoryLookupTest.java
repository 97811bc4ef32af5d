package io.wgsd.testkit.memory;

import static io.wgsd.testkit.net.NatLab.ALICE;
import static io.wgsd.testkit.net.NatLab.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgsd.discovery.DiscoveryAgent;
import io.wgsd.discovery.DiscoveryException;
import io.wgsd.discovery.LookupResult;
import io.wgsd.discovery.PassResult;
import io.wgsd.discovery.PeerLookup;
import io.wgsd.discovery.PeerOutcome;
import io.wgsd.discovery.Trigger;
import io.wgsd.dnssd.Advertisement;
import io.wgsd.dnssd.RelayAdvertisement;
import io.wgsd.model.Endpoint;
import io.wgsd.model.Peer;
import io.wgsd.testkit.net.NatLab;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MemoryLookupTest {

    private static final Endpoint HOME = Endpoint.parse("203.0.113.1:41424");
    private static final Endpoint AWAY = Endpoint.parse("198.51.100.7:1");
    private static final DiscoveryException SILENT =
            new DiscoveryException(DiscoveryException.Kind.TIMED_OUT, null, "nobody answers", null);

    private final MemoryLookup registry = new MemoryLookup();

    @Test
    void anAdvertisedPeerIsFoundUntilItIsWithdrawn() throws Exception {
        registry.advertise(alice(HOME)).advertise(alice(AWAY));

        assertThat(registry.lookup(ALICE)).contains(alice(AWAY));
        assertThat(registry.lookupAsync(ALICE).toCompletableFuture()).isCompletedWithValue(Optional.of(alice(AWAY)));
        assertThat(registry.browse()).containsExactly(alice(AWAY));
        assertThat(registry.withdraw(ALICE).lookup(ALICE)).isEmpty();
        assertThat(registry.browse()).isEmpty();
    }

    @Test
    void announcedRelaysAreListedInTheOrderOfTheirKeys() throws Exception {
        RelayAdvertisement one = new RelayAdvertisement(ALICE, List.of(HOME));
        RelayAdvertisement other = new RelayAdvertisement(BOB, List.of(AWAY));
        registry.announce(one).announce(other);

        assertThat(registry.relays())
                .containsExactlyInAnyOrder(one, other)
                .isSortedAccordingTo(Comparator.comparing(RelayAdvertisement::publicKey));
        assertThat(registry.withdrawRelay(BOB).relaysAsync().toCompletableFuture())
                .isCompletedWithValue(List.of(one));
        registry.fail(SILENT);
        assertThatThrownBy(registry::relays).isSameAs(SILENT);
        assertThat(registry.relaysAsync().toCompletableFuture()).isCompletedExceptionally();
    }

    @Test
    void severalLookupsHaveAResultEach() throws Exception {
        registry.advertise(alice(HOME)).fail(BOB, SILENT);

        assertThat(registry.lookupAll(List.of(BOB, ALICE)))
                .containsExactly(
                        Map.entry(BOB, new LookupResult.Failed(SILENT)),
                        Map.entry(ALICE, new LookupResult.Found(alice(HOME))));
    }

    @Test
    void aPeerWhoseLookupFailsIsLeftOutOfTheList() throws Exception {
        registry.advertise(alice(HOME)).fail(BOB, SILENT);

        assertThat(registry.browse()).containsExactly(alice(HOME));
        assertThat(registry.browseAll().failures()).containsEntry(BOB, SILENT);
        assertThatThrownBy(() -> registry.withdraw(ALICE).browse()).isSameAs(SILENT);
    }

    @Test
    void aPeerWithoutAnEndpointIsFoundInNoWay() throws Exception {
        List<Optional<Advertisement>> changes = new ArrayList<>();
        registry.advertise(Advertisement.builder(ALICE).build());
        registry.follow(Set.of(ALICE), (key, change) -> changes.add(change));

        assertThat(registry.lookup(ALICE)).isEmpty();
        assertThat(registry.browse()).isEmpty();
        assertThat(changes).containsExactly(Optional.empty());
    }

    @Test
    void everythingFailsUntilItRecovers() throws Exception {
        registry.advertise(alice(HOME)).fail(SILENT);

        assertThatThrownBy(() -> registry.lookup(ALICE)).isSameAs(SILENT);
        assertThatThrownBy(registry::browse).isSameAs(SILENT);
        assertThat(registry.lookupAsync(ALICE).toCompletableFuture()).isCompletedExceptionally();
        assertThat(registry.recover().lookup(ALICE)).contains(alice(HOME));
    }

    @Test
    void aFollowerIsInformedOfItsPeersAlone() {
        List<Optional<Advertisement>> changes = new ArrayList<>();
        PeerLookup.Following following = registry.follow(Set.of(ALICE), (key, change) -> changes.add(change))
                .orElseThrow();

        registry.advertise(alice(HOME))
                .advertise(Advertisement.builder(BOB).endpoint(HOME).build())
                .withdraw(ALICE);
        assertThat(following.isActive()).isTrue();
        following.close();
        registry.advertise(alice(AWAY));

        assertThat(following.isActive()).isFalse();
        assertThat(changes).containsExactly(Optional.empty(), Optional.of(alice(HOME)), Optional.empty());
    }

    @Test
    void anAgentUsesItAsARegistry() {
        NatLab lab = NatLab.builder().up();
        registry.advertise(Advertisement.builder(BOB).endpoint(AWAY).build());
        try (DiscoveryAgent agent = DiscoveryAgent.builder(lab.alice().source(), NatLab.DEVICE, registry)
                .routes(lab.alice().routes())
                .clock(lab.alice().clock())
                .executor(lab.timeline().executor())
                .start()) {
            lab.timeline().runFor(Duration.ofSeconds(10));

            assertThat(lab.alice().memory().device(NatLab.DEVICE).flatMap(device -> device.peer(BOB)))
                    .map(Peer::endpoint)
                    .contains(Optional.of(AWAY));
        }
    }

    @Test
    void aSinglePassAsksItToo() throws Exception {
        NatLab lab = NatLab.builder().up();
        registry.advertise(Advertisement.builder(BOB).endpoint(AWAY).build());

        PassResult pass = DiscoveryAgent.builder(lab.alice().source(), NatLab.DEVICE, registry)
                .routes(lab.alice().routes())
                .trigger(Trigger.none())
                .clock(lab.alice().clock())
                .runOnce();

        assertThat(pass.outcomes())
                .filteredOn(outcome -> outcome.publicKey().equals(BOB))
                .extracting(PeerOutcome::kind)
                .containsExactly(PeerOutcome.Kind.UPDATED);
        assertThat(lab.alice().memory().device(NatLab.DEVICE).flatMap(device -> device.peer(BOB)))
                .map(Peer::endpoint)
                .contains(Optional.of(AWAY));
    }

    private static Advertisement alice(Endpoint endpoint) {
        return Advertisement.builder(ALICE).endpoint(endpoint).build();
    }
}
