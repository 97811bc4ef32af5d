package io.wgsd.testkit.contract.parts;

import static io.wgsd.testkit.contract.support.Samples.ALICE;
import static io.wgsd.testkit.contract.support.Samples.AWAY;
import static io.wgsd.testkit.contract.support.Samples.BOB;
import static io.wgsd.testkit.contract.support.Samples.HOME;
import static io.wgsd.testkit.contract.support.Samples.TEN;
import static io.wgsd.testkit.contract.support.Samples.ULA;
import static io.wgsd.testkit.contract.support.Samples.change;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgsd.model.Device;
import io.wgsd.model.DeviceChange;
import io.wgsd.model.Peer;
import io.wgsd.model.PeerStatistics;
import io.wgsd.model.SecretKey;
import io.wgsd.spi.DeviceSecrets;
import io.wgsd.spi.UnsupportedException;
import io.wgsd.testkit.contract.support.Lists;
import io.wgsd.testkit.contract.support.ParallelCalls;
import io.wgsd.testkit.contract.support.RepeatedCalls;
import io.wgsd.testkit.contract.support.Samples;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * A restarted peer has everything it had but its statistics; where that cannot be one transaction, restarts are
 * refused.
 */
public interface RestartContract extends ContractPart {

    @Test
    default void aRestartedPeerHasEverythingItHad() throws Exception {
        device().apply(change().peer(ALICE)
                .endpoint(HOME)
                .addAllowedIp(TEN)
                .addAllowedIp(ULA)
                .persistentKeepalive(Duration.ofSeconds(25))
                .build());
        Peer before = device().read(ALICE);
        restarted(change().peer(ALICE).restart().build());
        assertThat(device().read(ALICE)).matches(before::sameConfiguration, "is still configured as " + before);
    }

    @Test
    default void aRestartedPeerHasItsPresharedKey() throws Exception {
        try (SecretKey presharedKey = SecretKey.generatePreshared()) {
            device().apply(change().peer(ALICE).presharedKey(presharedKey).build());
            restarted(change().peer(ALICE).restart().build());
            if (device().fixture().handsOutSecrets()) {
                try (DeviceSecrets secrets = device().source().secrets(device().name())) {
                    assertThat(secrets.presharedKey(ALICE)).contains(presharedKey);
                }
            }
        }
    }

    @Test
    default void aRestartedPeerHasAllOfManyAllowedIps() throws Exception {
        device().apply(change().peer(ALICE)
                .addAllowedIps(Samples.hosts(9, 1000))
                .build());
        restarted(change().peer(ALICE).restart().build());
        Lists.assertSame(device().read(ALICE).allowedIps(), Samples.hosts(9, 1000));
    }

    @Test
    default void aRestartedPeerCountsFromZero() throws Exception {
        try (SecretKey key = SecretKey.generatePrivate()) {
            device().apply(change().privateKey(key).peer(ALICE).build());
        }
        assertThat(device().fixture().countBytes(device().source(), device().name(), ALICE))
                .as("the fixture makes the device count bytes")
                .isTrue();
        boolean restarted = restarted(change().peer(ALICE).restart().build());
        assertThat(device().read(ALICE).statistics().equals(PeerStatistics.none()))
                .as("the statistics are those of a peer that has just been added")
                .isEqualTo(restarted);
    }

    @Test
    default void aRestartedPeerCanBeChangedInTheSameStep() throws Exception {
        device().apply(change().peer(ALICE).endpoint(HOME).addAllowedIp(TEN).build());
        boolean restarted =
                restarted(change().peer(ALICE).restart().endpoint(AWAY).build());
        assertThat(device().read(ALICE))
                .isEqualTo(Peer.builder(ALICE)
                        .endpoint(restarted ? AWAY : HOME)
                        .allowedIp(TEN)
                        .build());
    }

    @Test
    default void restartingLeavesTheOtherPeers() throws Exception {
        device().apply(change().peer(ALICE)
                .peer(BOB)
                .endpoint(HOME)
                .addAllowedIp(TEN)
                .build());
        Device before = device().read();
        restarted(change().peer(ALICE).restart().build());
        assertThat(device().read()).isEqualTo(before);
    }

    @Test
    default void restartingAnAbsentPeerAddsNothing() throws Exception {
        restarted(change().peer(ALICE).restart().endpoint(HOME).build());
        assertThat(device().read().peers()).isEmpty();
    }

    @Test
    default void aPeerIsNeverMissingWhileItIsRestarted() throws Exception {
        device().apply(change().peer(ALICE)
                .endpoint(HOME)
                .addAllowedIps(Samples.hosts(9, 1000))
                .build());
        Peer steady = device().read(ALICE);
        boolean consistent = device().capabilities().consistentSnapshot();
        RepeatedCalls readers = new RepeatedCalls(2);
        try (ParallelCalls calls = new ParallelCalls()) {
            readers.start(calls, () -> {
                Optional<Peer> read = device().read().peer(ALICE);
                assertThat(read.isPresent() || !consistent).as("it is there").isTrue();
                assertThat(read.stream()).allMatch(steady::sameConfiguration, "is whole");
                return true;
            });
            for (int round = 0; round <= device().fixture().interferences() / 3; round++) {
                restarted(change().peer(ALICE).restart().build());
                readers.awaitRounds();
            }
            readers.stop();
        }
    }

    @Test
    default void aChangeWithARestartIsCarriedOutWholeOrRefusedWhole() throws Exception {
        device().apply(change().peer(ALICE).endpoint(HOME).build());
        boolean restarted = restarted(
                change().peer(BOB).peer(ALICE).restart().endpoint(AWAY).build());
        assertThat(device().read().peer(BOB).isPresent()).isEqualTo(restarted);
        assertThat(device().read(ALICE).endpoint()).contains(restarted ? AWAY : HOME);
    }

    /**
     * Carries out a change that restarts; where that cannot be one transaction it is refused, and nothing is changed.
     */
    private boolean restarted(DeviceChange change) throws Exception {
        if (device().capabilities().atomicRestart()) {
            device().apply(change);
            return true;
        }
        Device before = device().read();
        assertThatThrownBy(() -> device().apply(change)).isInstanceOf(UnsupportedException.class);
        assertThat(device().read()).isEqualTo(before);
        return false;
    }
}
