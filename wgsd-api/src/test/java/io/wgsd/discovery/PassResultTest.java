package io.wgsd.discovery;

import static io.wgsd.discovery.Samples.ALICE;
import static io.wgsd.discovery.Samples.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.model.Endpoint;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a pass returns can be made in an embedder's test. */
class PassResultTest {

    private static final Endpoint HOME = Endpoint.parse("192.0.2.7:51820");
    private static final Endpoint CAFE = Endpoint.parse("198.51.100.9:40000");

    private final PeerOutcome updated = PeerOutcome.updated(ALICE, CAFE, Optional.of(HOME));
    private final PassResult result = PassResult.of("wg0", List.of(updated), List.of("asked outside the tunnel"));

    @Test
    void itSaysWhatWasDoneAboutEachPeer() {
        assertThat(result.device()).isEqualTo("wg0");
        assertThat(result.outcome(ALICE)).contains(updated);
        assertThat(result.outcome(BOB)).isEmpty();
        assertThat(result.warnings()).containsExactly("asked outside the tunnel");
    }

    @Test
    void equalPartsMakeEqualResults() {
        PassResult same = PassResult.of("wg0", List.of(updated), List.of("asked outside the tunnel"));
        assertThat(same).isEqualTo(result).hasSameHashCodeAs(result);
        assertThat(PassResult.of("wg1", List.of(updated), result.warnings())).isNotEqualTo(result);
    }

    @Test
    void anOutcomeKnowsTheEndpointBeforeAndAfter() {
        assertThat(updated.endpoint()).contains(CAFE);
        assertThat(updated.previousEndpoint()).contains(HOME);
        assertThat(updated.kind()).isEqualTo(PeerOutcome.Kind.UPDATED);
    }

    @Test
    void aLookupThatFailedIsAnOutcomeWithItsReason() {
        DiscoveryException failure =
                new DiscoveryException(DiscoveryException.Kind.REFUSED, null, "refused\nby all", null);
        PeerOutcome failed = PeerOutcome.failed(BOB, Optional.of(HOME), failure);
        assertThat(failed.failure()).contains(failure);
        assertThat(failed.reason()).contains(failure.getMessage());
        assertThat(failure.getMessage()).doesNotContain("\n");
    }
}
