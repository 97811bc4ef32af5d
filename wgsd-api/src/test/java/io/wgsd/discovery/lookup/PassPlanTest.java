package io.wgsd.discovery.lookup;

import static io.wgsd.discovery.Samples.ALICE;
import static io.wgsd.discovery.Samples.BOB;
import static io.wgsd.discovery.Samples.NOW;
import static io.wgsd.discovery.Samples.REGISTRY;
import static io.wgsd.discovery.Samples.device;
import static io.wgsd.discovery.Samples.peer;
import static io.wgsd.discovery.Samples.shaken;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.discovery.DiscoveryException;
import io.wgsd.discovery.DiscoveryException.Kind;
import io.wgsd.discovery.LookupResult;
import io.wgsd.discovery.LookupResult.Absent;
import io.wgsd.discovery.LookupResult.Failed;
import io.wgsd.discovery.LookupResult.Found;
import io.wgsd.discovery.PeerOutcome;
import io.wgsd.discovery.Samples;
import io.wgsd.dnssd.Advertisement;
import io.wgsd.model.DeviceChange;
import io.wgsd.model.Endpoint;
import io.wgsd.model.Peer;
import io.wgsd.model.PublicKey;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a pass does about each peer: no device, no network, no time. */
class PassPlanTest {

    private static final Endpoint OLD = Endpoint.parse("192.0.2.1:1000");
    private static final Endpoint NEW = Endpoint.parse("192.0.2.2:2000");
    private static final Endpoint BAD = Endpoint.parse("127.0.0.1:3000");
    private static final PassPlan.Limits LIMITS = new PassPlan.Limits(
            Set.of(BOB), Set.of(REGISTRY), endpoint -> endpoint.equals(BAD) ? Optional.of("bad") : Optional.empty());

    private final Peer alice = peer(ALICE, OLD.toString());

    @Test
    void onlyPeersThatMayBeWrittenAreLookedUp() {
        SessionReading look = look(peer(REGISTRY, ""), alice, peer(BOB, ""));
        assertThat(PassPlan.wanted(look, LIMITS)).containsExactly(ALICE);
    }

    @Test
    void peersWithALiveSessionAreLookedUpTooForThereMayBeNewsOfThem() {
        assertThat(PassPlan.wanted(look(shaken(alice, 10)), LIMITS)).containsExactly(ALICE);
    }

    @Test
    void anEndpointThatHasChangedIsWrittenAndNothingElse() {
        PassPlan plan = plan(alice, found(NEW));
        assertThat(plan.outcomes()).containsExactly(PeerOutcome.updated(ALICE, NEW, Optional.of(OLD)));
        assertThat(plan.change())
                .contains(DeviceChange.builder()
                        .peer(ALICE)
                        .updateOnly()
                        .endpoint(NEW)
                        .build());
    }

    @Test
    void anEndpointThatIsTheSameIsNotWritten() {
        PassPlan plan = plan(alice, found(OLD));
        assertThat(plan.outcomes()).extracting(PeerOutcome::kind).containsExactly(PeerOutcome.Kind.UNCHANGED);
        assertThat(plan.change()).isEmpty();
    }

    @Test
    void aLiveSessionIsLeftAloneNoMatterWhatTheRegistrySays() {
        PassPlan plan = plan(shaken(alice, 179), found(NEW));
        assertThat(plan.outcomes()).extracting(PeerOutcome::kind).containsExactly(PeerOutcome.Kind.LIVE);
        assertThat(plan.change()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {180, 600, -600})
    void aHandshakeThatLooksOldOrLiesInTheFutureProvesNothing(long age) {
        SessionReading look = look(shaken(alice, age));
        Map<PublicKey, LookupResult> lookups = Map.of(ALICE, found(NEW));
        assertThat(PassPlan.doubtful(look, lookups, LIMITS)).containsExactly(ALICE);
        assertThat(plan(look, lookups).change()).isEmpty();
        assertThat(plan(look, Map.of(ALICE, found(OLD))).outcomes())
                .extracting(PeerOutcome::kind)
                .containsExactly(PeerOutcome.Kind.UNCHANGED);
    }

    @Test
    void onlyPeersThatAreAdvertisedElsewhereAreProbed() {
        assertThat(PassPlan.doubtful(look(shaken(alice, 10)), Map.of(ALICE, found(NEW)), LIMITS))
                .containsExactly(ALICE);
        assertThat(PassPlan.doubtful(look(shaken(alice, 10)), Map.of(ALICE, found(OLD)), LIMITS))
                .isEmpty();
        assertThat(PassPlan.doubtful(look(shaken(alice, 10)), Map.of(ALICE, found(NEW, OLD)), LIMITS))
                .isEmpty();
        assertThat(PassPlan.doubtful(look(shaken(alice, 10)), Map.of(ALICE, found(BAD)), LIMITS))
                .isEmpty();
        assertThat(PassPlan.doubtful(look(shaken(alice, 600)), Map.of(ALICE, found(OLD)), LIMITS))
                .isEmpty();
        assertThat(PassPlan.doubtful(look(alice), Map.of(ALICE, found(NEW)), LIMITS))
                .isEmpty();
    }

    @Test
    void aLiveSessionIsNoFailureWhereTheRegistryIsAway() {
        PassPlan plan =
                plan(shaken(alice, 10), new Failed(new DiscoveryException(Kind.TIMED_OUT, null, "no answer", null)));
        assertThat(plan.outcomes()).extracting(PeerOutcome::kind).containsExactly(PeerOutcome.Kind.LIVE);
    }

    @Test
    void aPeerThatIsAddedDuringThePassIsLeftToTheNext() {
        PassPlan plan = plan(look(alice), Map.of());
        assertThat(plan.outcomes()).extracting(PeerOutcome::kind).containsExactly(PeerOutcome.Kind.LIVE);
    }

    @Test
    void aKeptPeerIsNeverWritten() {
        PassPlan plan = plan(look(peer(BOB, "")), Map.of(BOB, found(NEW)));
        assertThat(plan.outcomes()).extracting(PeerOutcome::kind).containsExactly(PeerOutcome.Kind.KEPT);
        assertThat(plan.change()).isEmpty();
    }

    @Test
    void theRegistrysPeerIsNeverWritten() {
        PassPlan plan = plan(look(peer(REGISTRY, "")), Map.of(REGISTRY, found(NEW)));
        assertThat(plan.outcomes()).extracting(PeerOutcome::kind).containsExactly(PeerOutcome.Kind.REGISTRY);
        assertThat(plan.change()).isEmpty();
    }

    @Test
    void aPeerThatIsNotAdvertisedKeepsItsEndpoint() {
        PassPlan plan = plan(alice, new Absent());
        assertThat(plan.outcomes())
                .containsExactly(PeerOutcome.of(ALICE, PeerOutcome.Kind.NOT_ADVERTISED, Optional.of(OLD)));
        assertThat(plan.change()).isEmpty();
    }

    @Test
    void aRefusedEndpointIsNotWrittenAndTheReasonIsReported() {
        PassPlan plan = plan(alice, found(BAD));
        assertThat(plan.outcomes()).containsExactly(PeerOutcome.refused(ALICE, BAD, Optional.of(OLD), "bad"));
        assertThat(plan.change()).isEmpty();
    }

    @Test
    void theBestEndpointThatIsNotRefusedIsWritten() {
        assertThat(plan(alice, found(BAD, NEW, OLD)).outcomes())
                .containsExactly(PeerOutcome.updated(ALICE, NEW, Optional.of(OLD)));
    }

    @Test
    void aRouteMattersToAllButTheOneEndpointThatAPeerHasAlready() {
        assertThat(PassPlan.eligible(look(alice), Map.of(ALICE, found(OLD)))).isEmpty();
        assertThat(PassPlan.eligible(look(alice), Map.of(ALICE, found(NEW)))).containsExactly(NEW);
        assertThat(PassPlan.eligible(look(alice), Map.of(ALICE, found(OLD, NEW))))
                .containsExactlyInAnyOrder(OLD, NEW);
        assertThat(PassPlan.eligible(look(alice), Map.of(ALICE, new Absent()))).isEmpty();
        assertThat(PassPlan.eligible(look(alice), Map.of())).isEmpty();
    }

    @Test
    void aRouteMattersWhereAnotherPeerIsToHaveTheEndpoint() {
        assertThat(PassPlan.eligible(look(alice, peer(BOB, "")), Map.of(ALICE, found(OLD), BOB, found(OLD))))
                .containsExactly(OLD);
    }

    @Test
    void aLookupThatFailedIsReportedAndTheEndpointStays() {
        DiscoveryException failure = new DiscoveryException(Kind.TIMED_OUT, null, "no answer", null);
        PassPlan plan = plan(alice, new Failed(failure));
        assertThat(plan.outcomes()).first().satisfies(outcome -> {
            assertThat(outcome.kind()).isEqualTo(PeerOutcome.Kind.LOOKUP_FAILED);
            assertThat(outcome.reason()).contains("no answer");
            assertThat(outcome.failure()).contains(failure);
        });
        assertThat(plan.change()).isEmpty();
    }

    @Test
    void aPeerWithTheAdvertisedEndpointAndNoSessionIsReadyForAHandshake() {
        SessionReading look =
                look(shaken(peer(Samples.key(9), ""), 10), peer(REGISTRY, ""), alice, peer(Samples.key(8), ""));
        PassPlan plan = plan(look, Map.of(ALICE, found(OLD), Samples.key(8), found(NEW)));
        assertThat(plan.ready()).containsExactly(ALICE, Samples.key(8));
    }

    private static PassPlan plan(Peer peer, LookupResult lookup) {
        return plan(look(peer), Map.of(peer.publicKey(), lookup));
    }

    private static PassPlan plan(SessionReading look, Map<PublicKey, LookupResult> lookups) {
        return PassPlan.of(look, lookups, LIMITS, new PassProbe(look, Set.of(), Duration.ZERO));
    }

    private static SessionReading look(Peer... peers) {
        return SessionReading.first(device(peers), NOW);
    }

    private static LookupResult found(Endpoint... endpoints) {
        Advertisement.Builder advertisement = Advertisement.builder(ALICE);
        for (Endpoint endpoint : endpoints) {
            advertisement.endpoint(endpoint);
        }
        return new Found(advertisement.build());
    }
}
