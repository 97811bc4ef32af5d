package io.wgsd.testkit.contract.parts;

import static io.wgsd.testkit.contract.support.Samples.ALICE;
import static io.wgsd.testkit.contract.support.Samples.AWAY;
import static io.wgsd.testkit.contract.support.Samples.BOB;
import static io.wgsd.testkit.contract.support.Samples.HOME;
import static io.wgsd.testkit.contract.support.Samples.TEN;
import static io.wgsd.testkit.contract.support.Samples.change;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.model.DeviceChange;
import io.wgsd.model.Peer;
import io.wgsd.testkit.contract.support.ParallelCalls;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Update-only changes a peer that exists and never adds one. */
public interface UpdateOnlyContract extends ContractPart {

    @Test
    default void updateOnlyChangesAPeerThatExists() throws Exception {
        device().apply(change().peer(ALICE).endpoint(HOME).addAllowedIp(TEN).build());
        device().apply(change().peer(ALICE).updateOnly().endpoint(AWAY).build());
        assertThat(device().read(ALICE))
                .isEqualTo(Peer.builder(ALICE).endpoint(AWAY).allowedIp(TEN).build());
    }

    @Test
    default void updateOnlyDoesNotAddAPeer() throws Exception {
        device().apply(change().peer(ALICE)
                .updateOnly()
                .endpoint(HOME)
                .addAllowedIp(TEN)
                .persistentKeepalive(Duration.ofSeconds(1))
                .peer(BOB)
                .build());
        assertThat(device().read().peers()).containsExactly(Peer.builder(BOB).build());
    }

    @Test
    default void updateOnlyTakesNoAllowedIpForAnAbsentPeer() throws Exception {
        device().apply(change().peer(BOB).addAllowedIp(TEN).build());
        device().apply(change().peer(ALICE).updateOnly().addAllowedIp(TEN).build());
        assertThat(device().read(BOB).allowedIps()).containsExactly(TEN);
    }

    @Test
    default void updateOnlyDoesNotBringBackAPeerThatIsRemovedMeanwhile() throws Exception {
        boolean atomic = device().capabilities().atomicUpdateOnly();
        try (ParallelCalls calls = new ParallelCalls()) {
            for (int race = 0; race <= (atomic ? device().fixture().interferences() / 2 : 0); race++) {
                device().apply(change().peer(ALICE).build());
                DeviceChange removal = change().peer(ALICE).remove().build();
                if (!atomic) {
                    // Where it is emulated, at least what was removed before stays removed.
                    device().fixture().changeFromOutside(device().name(), removal);
                }
                ParallelCalls.Call<Boolean> updates = calls.start(() -> {
                    for (int i = 0; i < 10; i++) {
                        device().apply(change().peer(ALICE)
                                .updateOnly()
                                .endpoint(HOME)
                                .build());
                    }
                    return true;
                });
                if (atomic) {
                    device().fixture().changeFromOutside(device().name(), removal);
                }
                updates.result();
                assertThat(device().read().peers())
                        .as("peers after race %d", race)
                        .isEmpty();
            }
        }
    }
}
