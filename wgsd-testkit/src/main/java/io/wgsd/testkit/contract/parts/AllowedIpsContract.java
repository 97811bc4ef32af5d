package io.wgsd.testkit.contract.parts;

import static io.wgsd.testkit.contract.support.Samples.ALICE;
import static io.wgsd.testkit.contract.support.Samples.BOB;
import static io.wgsd.testkit.contract.support.Samples.NET;
import static io.wgsd.testkit.contract.support.Samples.TEN;
import static io.wgsd.testkit.contract.support.Samples.ULA;
import static io.wgsd.testkit.contract.support.Samples.change;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.model.IpPrefix;
import io.wgsd.model.PublicKey;
import io.wgsd.testkit.contract.support.Lists;
import io.wgsd.testkit.contract.support.ParallelCalls;
import io.wgsd.testkit.contract.support.RepeatedCalls;
import io.wgsd.testkit.contract.support.Samples;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Allowed IPs are added, replaced and removed, and each belongs to one peer at a time. */
public interface AllowedIpsContract extends ContractPart {

    @Test
    default void theDefaultRoutesAreReadBack() throws Exception {
        IpPrefix v4 = IpPrefix.parse("0.0.0.0/0");
        IpPrefix v6 = IpPrefix.parse("::/0");
        device().apply(change().peer(ALICE).addAllowedIp(v4).addAllowedIp(v6).build());
        assertThat(allowedIps(ALICE)).containsExactly(v4, v6);
    }

    @Test
    default void addingKeepsThoseThatAreThere() throws Exception {
        device().apply(change().peer(ALICE).addAllowedIp(TEN).build());
        device().apply(change().peer(ALICE).addAllowedIp(ULA).build());
        assertThat(allowedIps(ALICE)).containsExactly(TEN, ULA);
    }

    @Test
    default void replacingDropsThoseThatAreThere() throws Exception {
        device().apply(change().peer(ALICE).addAllowedIp(TEN).addAllowedIp(NET).build());
        device().apply(change().peer(ALICE)
                .replaceAllowedIps()
                .addAllowedIp(NET)
                .addAllowedIp(ULA)
                .build());
        assertThat(allowedIps(ALICE)).containsExactly(NET, ULA);
    }

    @Test
    default void replacingWithNoneDropsAll() throws Exception {
        device().apply(change().peer(ALICE).addAllowedIp(TEN).addAllowedIp(ULA).build());
        device().apply(change().peer(ALICE).replaceAllowedIps().build());
        assertThat(allowedIps(ALICE)).isEmpty();
    }

    @Test
    default void oneIsRemovedAndTheOthersStay() throws Exception {
        device().apply(change().peer(ALICE)
                .addAllowedIp(TEN)
                .addAllowedIp(NET)
                .addAllowedIp(ULA)
                .build());
        device().apply(change().peer(ALICE).removeAllowedIp(NET).build());
        assertThat(allowedIps(ALICE)).containsExactly(TEN, ULA);
    }

    @Test
    default void theLastOneCanBeRemoved() throws Exception {
        device().apply(change().peer(ALICE).addAllowedIp(ULA).build());
        device().apply(change().peer(ALICE).removeAllowedIp(ULA).build());
        assertThat(allowedIps(ALICE)).isEmpty();
    }

    @Test
    default void removingOneThatThePeerDoesNotHaveIsNoError() throws Exception {
        device().apply(change().peer(ALICE).addAllowedIp(TEN).build());
        device().apply(change().peer(ALICE).removeAllowedIp(NET).build());
        assertThat(allowedIps(ALICE)).containsExactly(TEN);
    }

    @Test
    default void removingOneThatAnotherPeerHasLeavesItThere() throws Exception {
        device().apply(change().peer(ALICE).addAllowedIp(TEN).peer(BOB).build());
        device().apply(change().peer(BOB).removeAllowedIp(TEN).build());
        assertThat(allowedIps(ALICE)).containsExactly(TEN);
    }

    @Test
    default void oneStepRemovesAfterItHasAdded() throws Exception {
        device().apply(change().peer(ALICE)
                .removeAllowedIp(TEN)
                .addAllowedIp(TEN)
                .addAllowedIp(NET)
                .build());
        assertThat(allowedIps(ALICE)).containsExactly(NET);
    }

    @Test
    default void oneThatAnotherPeerHasMoves() throws Exception {
        device().apply(change().peer(ALICE).addAllowedIp(TEN).addAllowedIp(NET).build());
        device().apply(change().peer(BOB).addAllowedIp(TEN).build());
        assertThat(allowedIps(ALICE)).containsExactly(NET);
        assertThat(allowedIps(BOB)).containsExactly(TEN);
    }

    @Test
    default void removingOneDoesNotTakeBackWhatIsAddedMeanwhile() throws Exception {
        List<IpPrefix> added = Samples.hosts(4, device().fixture().interferences());
        device().apply(change().peer(ALICE).build());
        if (device().capabilities().singlePrefixRemoval()) {
            addWhileOneIsRemoved(added);
        } else {
            // Where it is emulated, at least what was added before stays.
            for (IpPrefix prefix : added) {
                device().apply(change().peer(ALICE).addAllowedIp(TEN).build());
                addFromOutside(prefix);
                device().apply(change().peer(ALICE).removeAllowedIp(TEN).build());
            }
        }
        Lists.assertSame(allowedIps(ALICE), added);
    }

    private void addWhileOneIsRemoved(List<IpPrefix> added) throws Exception {
        RepeatedCalls workers = new RepeatedCalls(1);
        try (ParallelCalls calls = new ParallelCalls()) {
            workers.start(calls, () -> {
                device().apply(change().peer(ALICE).addAllowedIp(TEN).build());
                device().apply(change().peer(ALICE).removeAllowedIp(TEN).build());
                return true;
            });
            for (int i = 0; i < added.size(); i++) {
                if (i % 10 == 0) {
                    // Not each time: what is added as a round begins is added too early to be taken back.
                    workers.awaitRounds();
                }
                addFromOutside(added.get(i));
            }
            workers.stop();
        }
    }

    private void addFromOutside(IpPrefix prefix) throws Exception {
        device().fixture()
                .changeFromOutside(
                        device().name(),
                        change().peer(ALICE).addAllowedIp(prefix).build());
    }

    @Test
    default void prefixesThatOverlapAreDifferentOnes() throws Exception {
        IpPrefix inside = IpPrefix.parse("10.1.2.0/24");
        device().apply(change().peer(ALICE)
                .addAllowedIp(NET)
                .peer(BOB)
                .addAllowedIp(inside)
                .build());
        assertThat(allowedIps(ALICE)).containsExactly(NET);
        assertThat(allowedIps(BOB)).containsExactly(inside);
    }

    private List<IpPrefix> allowedIps(PublicKey peer) throws Exception {
        return device().read(peer).allowedIps();
    }
}
