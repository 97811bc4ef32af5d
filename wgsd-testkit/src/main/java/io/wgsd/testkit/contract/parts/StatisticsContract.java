package io.wgsd.testkit.contract.parts;

import static io.wgsd.testkit.contract.support.Samples.ALICE;
import static io.wgsd.testkit.contract.support.Samples.HOME;
import static io.wgsd.testkit.contract.support.Samples.change;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.model.PeerStatistics;
import io.wgsd.model.PublicKey;
import io.wgsd.testkit.contract.Await;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

/** What WireGuard counts is read, with the time of the latest handshake as fine as the source says. */
public interface StatisticsContract extends ContractPart {

    @Test
    default void aPeerThatWasNeverHeardHasNoStatistics() throws Exception {
        device().apply(change().peer(ALICE).endpoint(HOME).build());
        assertThat(device().read(ALICE).statistics()).isEqualTo(PeerStatistics.none());
    }

    @Test
    default void aHandshakeIsReadWithItsTimeAndItsBytes() throws Exception {
        PublicKey peer = device().fixture().addPeerWithHandshake(device().name());
        PeerStatistics read = device().read(peer).statistics();
        Duration age = Duration.between(read.latestHandshake().orElseThrow(), Instant.now());
        assertThat(age).isBetween(Duration.ofSeconds(-1), Await.LIMIT);
        assertThat(read.rxBytes()).isPositive();
        assertThat(read.txBytes()).isPositive();
    }

    @Test
    default void aHandshakeIsAsFineAsTheSourceSays() throws Exception {
        Duration precision = device().capabilities().handshakePrecision();
        PublicKey peer = device().fixture().addPeerWithHandshake(device().name());
        Instant handshake = device().read(peer).statistics().latestHandshake().orElseThrow();
        // That one which is finer ends just at a second happens once in many thousand times.
        assertThat(handshake.equals(handshake.truncatedTo(ChronoUnit.SECONDS)))
                .as("the handshake at %s is known to whole seconds", handshake)
                .isEqualTo(precision.equals(Duration.ofSeconds(1)));
    }
}
