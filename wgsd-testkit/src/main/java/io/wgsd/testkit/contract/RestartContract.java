package io.wgsd.testkit.contract;

import static io.wgsd.testkit.contract.Samples.ALICE;
import static io.wgsd.testkit.contract.Samples.AWAY;
import static io.wgsd.testkit.contract.Samples.BOB;
import static io.wgsd.testkit.contract.Samples.HOME;
import static io.wgsd.testkit.contract.Samples.TEN;
import static io.wgsd.testkit.contract.Samples.ULA;
import static io.wgsd.testkit.contract.Samples.change;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.wgsd.model.Device;
import io.wgsd.model.Peer;
import io.wgsd.model.PeerStatistics;
import io.wgsd.model.SecretKey;
import io.wgsd.spi.DeviceSecrets;
import io.wgsd.spi.UnsupportedException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A restarted peer has everything it had but its statistics; where that cannot be one transaction, it is refused. */
interface RestartContract extends ContractPart {

    @Test
    default void aRestartedPeerHasEverythingItHad() throws Exception {
        assumeAtomicRestart();
        device().apply(change().peer(ALICE)
                .endpoint(HOME)
                .addAllowedIp(TEN)
                .addAllowedIp(ULA)
                .persistentKeepalive(Duration.ofSeconds(25))
                .build());
        Peer before = device().read(ALICE);
        device().apply(change().peer(ALICE).restart().build());
        assertThat(device().read(ALICE)).matches(before::sameConfiguration, "is still configured as " + before);
    }

    @Test
    default void aRestartedPeerHasItsPresharedKey() throws Exception {
        assumeAtomicRestart();
        assumeTrue(device().fixture().handsOutSecrets(), "this source does not hand out secrets");
        try (SecretKey presharedKey = SecretKey.generatePreshared()) {
            device().apply(change().peer(ALICE).presharedKey(presharedKey).build());
            device().apply(change().peer(ALICE).restart().build());
            try (DeviceSecrets secrets = device().source().secrets(device().name())) {
                assertThat(secrets.presharedKey(ALICE)).contains(presharedKey);
            }
        }
    }

    @Test
    default void aRestartedPeerHasAllOfManyAllowedIps() throws Exception {
        assumeAtomicRestart();
        device().apply(change().peer(ALICE)
                .addAllowedIps(Samples.hosts(9, 1000))
                .build());
        device().apply(change().peer(ALICE).restart().build());
        Lists.assertSame(device().read(ALICE).allowedIps(), Samples.hosts(9, 1000));
    }

    @Test
    default void aRestartedPeerBeginsToCountAnew() throws Exception {
        assumeAtomicRestart();
        try (SecretKey key = SecretKey.generatePrivate()) {
            device().apply(change().privateKey(key).peer(ALICE).build());
        }
        assumeTrue(
                device().fixture().countBytes(device().source(), device().name(), ALICE),
                "this fixture cannot make the device count bytes");
        device().apply(change().peer(ALICE).restart().build());
        assertThat(device().read(ALICE).statistics()).isEqualTo(PeerStatistics.none());
    }

    @Test
    default void aRestartedPeerCanBeChangedInTheSameStep() throws Exception {
        assumeAtomicRestart();
        device().apply(change().peer(ALICE).endpoint(HOME).addAllowedIp(TEN).build());
        device().apply(change().peer(ALICE).restart().endpoint(AWAY).build());
        assertThat(device().read(ALICE))
                .isEqualTo(Peer.builder(ALICE).endpoint(AWAY).allowedIp(TEN).build());
    }

    @Test
    default void restartingLeavesTheOtherPeers() throws Exception {
        assumeAtomicRestart();
        device().apply(change().peer(ALICE)
                .peer(BOB)
                .endpoint(HOME)
                .addAllowedIp(TEN)
                .build());
        Device before = device().read();
        device().apply(change().peer(ALICE).restart().build());
        assertThat(device().read()).isEqualTo(before);
    }

    @Test
    default void restartingAnAbsentPeerAddsNothing() throws Exception {
        assumeAtomicRestart();
        device().apply(change().peer(ALICE).restart().endpoint(HOME).build());
        assertThat(device().read().peers()).isEmpty();
    }

    @Test
    default void aPeerIsNeverMissingWhileItIsRestarted() throws Exception {
        assumeAtomicRestart();
        assumeTrue(device().capabilities().consistentSnapshot(), "this source's readings may be torn");
        device().apply(change().peer(ALICE)
                .endpoint(HOME)
                .addAllowedIps(Samples.hosts(9, 1000))
                .build());
        Peer steady = device().read(ALICE);
        Workers readers = new Workers(2);
        try (Crew crew = new Crew()) {
            readers.start(crew, () -> {
                assertThat(device().read(ALICE)).matches(steady::sameConfiguration, "is whole");
                return true;
            });
            for (int round = 0; round < 20; round++) {
                device().apply(change().peer(ALICE).restart().build());
                readers.awaitRounds();
            }
            readers.stop();
        }
    }

    @Test
    default void whereRestartIsNotAtomicItIsRefusedAndNothingChanges() throws Exception {
        assumeFalse(device().capabilities().atomicRestart(), "this source restarts peers");
        device().apply(change().peer(ALICE).endpoint(HOME).build());
        Device before = device().read();
        assertThatThrownBy(() -> device().apply(change().peer(BOB)
                        .peer(ALICE)
                        .restart()
                        .endpoint(AWAY)
                        .build()))
                .isInstanceOf(UnsupportedException.class);
        assertThat(device().read()).isEqualTo(before);
    }

    private void assumeAtomicRestart() throws Exception {
        assumeTrue(device().capabilities().atomicRestart(), "this source does not restart peers");
    }
}
