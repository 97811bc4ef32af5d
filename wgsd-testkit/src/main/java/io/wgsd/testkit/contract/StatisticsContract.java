package io.wgsd.testkit.contract;

import static io.wgsd.testkit.contract.Samples.ALICE;
import static io.wgsd.testkit.contract.Samples.HOME;
import static io.wgsd.testkit.contract.Samples.change;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.wgsd.model.PeerStatistics;
import io.wgsd.model.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

/** What WireGuard counts is read, with the time of the latest handshake as fine as the source says. */
interface StatisticsContract extends ContractPart {

    @Test
    default void aPeerThatWasNeverHeardHasNoStatistics() throws Exception {
        device().apply(change().peer(ALICE).endpoint(HOME).build());
        assertThat(device().read(ALICE).statistics()).isEqualTo(PeerStatistics.none());
    }

    @Test
    default void aHandshakeIsReadWithItsTimeAndItsBytes() throws Exception {
        PublicKey peer =
                device().fixture().addPeerWithHandshake(device().name()).orElse(null);
        assumeTrue(peer != null, "this fixture has no other WireGuard to talk to");
        PeerStatistics read = device().read(peer).statistics();
        Duration age = Duration.between(read.latestHandshake().orElseThrow(), Instant.now());
        assertThat(age).isBetween(Duration.ofSeconds(-1), Patience.LIMIT);
        assertThat(read.rxBytes()).isPositive();
        assertThat(read.txBytes()).isPositive();
    }

    @Test
    default void aHandshakeIsNotFinerThanTheSourceSays() throws Exception {
        Duration precision = device().capabilities().handshakePrecision();
        assumeTrue(precision.equals(Duration.ofSeconds(1)), "this source has handshakes to " + precision);
        PublicKey peer =
                device().fixture().addPeerWithHandshake(device().name()).orElse(null);
        assumeTrue(peer != null, "this fixture has no other WireGuard to talk to");
        Instant handshake = device().read(peer).statistics().latestHandshake().orElseThrow();
        assertThat(handshake).isEqualTo(handshake.truncatedTo(ChronoUnit.SECONDS));
    }
}
