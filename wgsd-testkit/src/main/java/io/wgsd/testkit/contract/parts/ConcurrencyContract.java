package io.wgsd.testkit.contract.parts;

import static io.wgsd.testkit.contract.support.Samples.ALICE;
import static io.wgsd.testkit.contract.support.Samples.AWAY;
import static io.wgsd.testkit.contract.support.Samples.BOB;
import static io.wgsd.testkit.contract.support.Samples.HOME;
import static io.wgsd.testkit.contract.support.Samples.TEN;
import static io.wgsd.testkit.contract.support.Samples.change;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgsd.model.Device;
import io.wgsd.model.IpPrefix;
import io.wgsd.model.Peer;
import io.wgsd.model.PublicKey;
import io.wgsd.spi.NoSuchDeviceException;
import io.wgsd.spi.WireGuardException;
import io.wgsd.testkit.contract.support.ParallelCalls;
import io.wgsd.testkit.contract.support.RepeatedCalls;
import io.wgsd.testkit.contract.support.Samples;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One source serves several threads, and reads what is whole while others change the device. */
public interface ConcurrencyContract extends ContractPart {

    int READERS = 3;

    /** Has so many allowed IPs that it takes several of the kernel's messages. */
    Peer STEADY = Peer.builder(Samples.key(10))
            .endpoint(HOME)
            .allowedIps(Samples.hosts(6, 1000))
            .build();

    PublicKey FLEETING = Samples.key(11);

    @Test
    default void readersNeverSeeHalfAPeerWhileAnotherProgramChangesTheDevice() throws Exception {
        boolean consistent = device().capabilities().consistentSnapshot();
        device().apply(change().peer(STEADY.publicKey())
                .endpoint(HOME)
                .addAllowedIps(STEADY.allowedIps())
                .peer(ALICE)
                .endpoint(HOME)
                .addAllowedIp(TEN)
                .peer(BOB)
                .endpoint(AWAY)
                .build());
        RepeatedCalls readers = new RepeatedCalls(READERS);
        try (ParallelCalls calls = new ParallelCalls()) {
            readers.start(calls, () -> {
                assertWhole(device().read(), consistent);
                return true;
            });
            for (int round = 0; round < device().fixture().interferences(); round++) {
                var change = change().peer(round % 2 == 0 ? BOB : ALICE).addAllowedIp(TEN);
                device().fixture()
                        .changeFromOutside(
                                device().name(),
                                round % 2 == 0
                                        ? change.peer(FLEETING)
                                                .addAllowedIps(Samples.hosts(5, 50))
                                                .build()
                                        : change.peer(FLEETING).remove().build());
                readers.awaitRounds();
            }
            readers.stop();
        }
    }

    @Test
    default void severalThreadsCanChangeADevice() throws Exception {
        List<ParallelCalls.Call<Boolean>> writers = new ArrayList<>();
        try (ParallelCalls calls = new ParallelCalls()) {
            for (int i = 0; i < 4; i++) {
                int first = 100 * i;
                writers.add(calls.start(() -> {
                    for (int number = first; number < first + 20; number++) {
                        device().apply(change().peer(Samples.key(number))
                                .endpoint(HOME)
                                .build());
                    }
                    return true;
                }));
            }
            for (ParallelCalls.Call<Boolean> writer : writers) {
                writer.result();
            }
        }
        assertThat(device().read().peers())
                .hasSize(80)
                .allMatch(peer -> peer.endpoint().isPresent());
    }

    @Test
    default void aDeviceThatIsRemovedWhileItIsReadIsGoneInTheEnd() throws Exception {
        device().apply(change().peer(STEADY.publicKey())
                .endpoint(HOME)
                .addAllowedIps(STEADY.allowedIps())
                .build());
        RepeatedCalls readers = new RepeatedCalls(READERS);
        try (ParallelCalls calls = new ParallelCalls()) {
            readers.start(calls, this::readWholeOrNot);
            readers.awaitRounds();
            device().fixture().removeDevice(device().name());
            readers.awaitRounds();
            readers.stop();
        }
        assertThatThrownBy(() -> device().read()).isInstanceOf(NoSuchDeviceException.class);
    }

    /** A device that goes away just then may show as any error, but never as half a device. */
    private boolean readWholeOrNot() {
        Device read;
        try {
            read = device().read();
        } catch (WireGuardException e) {
            return false;
        }
        assertThat(read.peers()).containsExactly(STEADY);
        return true;
    }

    private static void assertWhole(Device read, boolean consistent) {
        assertThat(read.peer(STEADY.publicKey())).contains(STEADY);
        assertThat(read.peer(ALICE).flatMap(Peer::endpoint)).contains(HOME);
        assertThat(read.peer(BOB).flatMap(Peer::endpoint)).contains(AWAY);
        List<IpPrefix> moving = new ArrayList<>(read.peer(ALICE).orElseThrow().allowedIps());
        moving.addAll(read.peer(BOB).orElseThrow().allowedIps());
        if (consistent) {
            assertThat(moving)
                    .as("the allowed IP that moves has one owner at any time")
                    .containsExactly(TEN);
        } else {
            assertThat(moving).allMatch(TEN::equals);
        }
    }
}
