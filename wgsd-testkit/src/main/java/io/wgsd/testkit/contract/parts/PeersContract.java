package io.wgsd.testkit.contract.parts;

import static io.wgsd.testkit.contract.support.Samples.ALICE;
import static io.wgsd.testkit.contract.support.Samples.AWAY;
import static io.wgsd.testkit.contract.support.Samples.BOB;
import static io.wgsd.testkit.contract.support.Samples.HOME;
import static io.wgsd.testkit.contract.support.Samples.NET;
import static io.wgsd.testkit.contract.support.Samples.TEN;
import static io.wgsd.testkit.contract.support.Samples.ULA;
import static io.wgsd.testkit.contract.support.Samples.change;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.model.Peer;
import io.wgsd.model.SecretKey;
import io.wgsd.testkit.contract.support.Samples;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Peers are added, changed and removed, each on its own. */
public interface PeersContract extends ContractPart {

    @Test
    default void everyFieldOfAPeerIsReadBack() throws Exception {
        try (SecretKey presharedKey = SecretKey.generatePreshared()) {
            device().apply(change().peer(ALICE)
                    .presharedKey(presharedKey)
                    .endpoint(HOME)
                    .addAllowedIp(TEN)
                    .addAllowedIp(ULA)
                    .persistentKeepalive(Duration.ofSeconds(25))
                    .build());
        }
        Peer written = Peer.builder(ALICE)
                .endpoint(HOME)
                .allowedIp(TEN)
                .allowedIp(ULA)
                .persistentKeepalive(Duration.ofSeconds(25))
                .build();
        assertThat(device().read(ALICE)).matches(written::sameConfiguration, "is configured as " + written);
    }

    @Test
    default void aPeerNeedsNothingButAKey() throws Exception {
        device().apply(change().peer(ALICE).build());
        assertThat(device().read().peers()).containsExactly(Peer.builder(ALICE).build());
    }

    @Test
    default void peersComeInTheOrderOfTheirKeys() throws Exception {
        var change = change();
        IntStream.range(0, 20).forEach(number -> change.peer(Samples.key(number)));
        device().apply(change.build());
        assertThat(device().read().peers())
                .extracting(Peer::publicKey)
                .hasSize(20)
                .isSorted();
    }

    @Test
    default void aPeerThatExistsIsChangedRatherThanReplaced() throws Exception {
        device().apply(change().peer(ALICE).endpoint(HOME).addAllowedIp(TEN).build());
        device().apply(change().peer(ALICE).addAllowedIp(NET).build());
        assertThat(device().read(ALICE))
                .isEqualTo(Peer.builder(ALICE)
                        .endpoint(HOME)
                        .allowedIp(TEN)
                        .allowedIp(NET)
                        .build());
    }

    @Test
    default void changingAPeerLeavesTheOthers() throws Exception {
        device().apply(change().peer(BOB).endpoint(HOME).addAllowedIp(TEN).build());
        Peer before = device().read(BOB);
        device().apply(change().peer(ALICE).endpoint(AWAY).addAllowedIp(NET).build());
        assertThat(device().read(BOB)).isEqualTo(before);
    }

    @Test
    default void theLongestKeepaliveIsReadBack() throws Exception {
        Duration longest = Duration.ofSeconds(65535);
        device().apply(change().peer(ALICE).persistentKeepalive(longest).build());
        assertThat(device().read(ALICE).persistentKeepalive()).contains(longest);
    }

    @Test
    default void theKeepaliveCanBeSwitchedOff() throws Exception {
        device().apply(change().peer(ALICE)
                .persistentKeepalive(Duration.ofSeconds(1))
                .build());
        device().apply(change().peer(ALICE).persistentKeepalive(Duration.ZERO).build());
        assertThat(device().read(ALICE).persistentKeepalive()).isEmpty();
    }

    @Test
    default void aPeerCanBeRemoved() throws Exception {
        device().apply(change().peer(ALICE).addAllowedIp(TEN).peer(BOB).build());
        device().apply(change().peer(ALICE).remove().build());
        assertThat(device().read().peers()).extracting(Peer::publicKey).containsExactly(BOB);
    }

    @Test
    default void removingAnAbsentPeerIsNoError() throws Exception {
        device().apply(change().peer(ALICE).remove().peer(BOB).build());
        assertThat(device().read().peers()).extracting(Peer::publicKey).containsExactly(BOB);
    }
}
