package io.wgsd.testkit.contract.parts;

import static io.wgsd.testkit.contract.support.Samples.ALICE;
import static io.wgsd.testkit.contract.support.Samples.AWAY;
import static io.wgsd.testkit.contract.support.Samples.BOB;
import static io.wgsd.testkit.contract.support.Samples.HOME;
import static io.wgsd.testkit.contract.support.Samples.NET;
import static io.wgsd.testkit.contract.support.Samples.TEN;
import static io.wgsd.testkit.contract.support.Samples.change;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.model.Peer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The steps of one change are carried out in the order in which they were named, also several for the same peer. */
public interface OrderContract extends ContractPart {

    @Test
    default void ofTwoStepsForAPeerTheLaterOneHolds() throws Exception {
        device().apply(change().peer(ALICE)
                .endpoint(HOME)
                .peer(ALICE)
                .endpoint(AWAY)
                .build());
        assertThat(device().read(ALICE).endpoint()).contains(AWAY);
    }

    @Test
    default void twoStepsForAPeerAddUp() throws Exception {
        device().apply(change().peer(ALICE)
                .addAllowedIp(TEN)
                .peer(ALICE)
                .persistentKeepalive(Duration.ofSeconds(5))
                .addAllowedIp(NET)
                .build());
        assertThat(device().read(ALICE))
                .isEqualTo(Peer.builder(ALICE)
                        .allowedIp(TEN)
                        .allowedIp(NET)
                        .persistentKeepalive(Duration.ofSeconds(5))
                        .build());
    }

    @Test
    default void aPeerThatIsRemovedAndAddedHasOnlyWhatItWasGivenAfterwards() throws Exception {
        device().apply(change().peer(ALICE).endpoint(HOME).addAllowedIp(TEN).build());
        device().apply(change().peer(ALICE)
                .remove()
                .peer(ALICE)
                .addAllowedIp(NET)
                .build());
        assertThat(device().read(ALICE))
                .isEqualTo(Peer.builder(ALICE).allowedIp(NET).build());
    }

    @Test
    default void aPeerThatIsAddedAndRemovedIsNotThere() throws Exception {
        device().apply(change().peer(ALICE)
                .endpoint(HOME)
                .peer(BOB)
                .peer(ALICE)
                .remove()
                .build());
        assertThat(device().read().peers()).extracting(Peer::publicKey).containsExactly(BOB);
    }

    @Test
    default void updateOnlyLooksAtWhatTheStepsBeforeItAdded() throws Exception {
        device().apply(change().peer(ALICE)
                .addAllowedIp(TEN)
                .peer(ALICE)
                .updateOnly()
                .endpoint(HOME)
                .build());
        assertThat(device().read(ALICE))
                .isEqualTo(Peer.builder(ALICE).endpoint(HOME).allowedIp(TEN).build());
    }

    @Test
    default void updateOnlyLooksAtWhatTheStepsBeforeItRemoved() throws Exception {
        device().apply(change().peer(ALICE).build());
        device().apply(change().peer(ALICE)
                .remove()
                .peer(ALICE)
                .updateOnly()
                .endpoint(HOME)
                .build());
        assertThat(device().read().peers()).isEmpty();
    }

    @Test
    default void anAllowedIpGoesToWhoWasNamedLast() throws Exception {
        device().apply(change().peer(ALICE)
                .addAllowedIp(TEN)
                .peer(BOB)
                .addAllowedIp(TEN)
                .peer(ALICE)
                .addAllowedIp(TEN)
                .build());
        assertThat(device().read(ALICE).allowedIps()).containsExactly(TEN);
        assertThat(device().read(BOB).allowedIps()).isEmpty();
    }
}
