package io.wgsd.testkit.net;

import static io.wgsd.testkit.net.NatLab.ALICE;
import static io.wgsd.testkit.net.NatLab.BOB;
import static io.wgsd.testkit.net.NatLab.DEVICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.wgsd.model.DeviceChange;
import io.wgsd.model.IpPrefix;
import io.wgsd.model.PublicKey;
import io.wgsd.spi.WireGuardException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class SimulatedHostTest {

    @Test
    void aChangeFromAnotherThreadTakesEffectWhileTimeRuns() throws InterruptedException {
        NatLab lab = NatLab.builder()
                .conditions(LinkConditions.delay(Pair.OWD))
                .keepalive(Duration.ZERO)
                .up();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread agents = new Thread(() -> {
            try {
                lab.alice().source().apply(DEVICE, reach(lab, BOB));
                lab.bob().source().apply(DEVICE, reach(lab, ALICE));
            } catch (WireGuardException | RuntimeException e) {
                failure.set(e);
            }
        });
        agents.start();

        boolean connected = lab.timeline().runUntil(lab::isConnected, Duration.ofDays(365));
        agents.join();

        assertThat(failure.get()).isNull();
        assertThat(connected || lab.timeline().runUntil(lab::isConnected, Duration.ofMinutes(2)))
                .isTrue();
    }

    @Test
    void peersThatComeAndGoFromAnotherThreadDoNotDisturbTheTimeline() throws InterruptedException {
        Pair pair = new Pair().connected();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        pair.timeline.scheduleAtFixedRate(
                Duration.ZERO, Duration.ofMillis(10), () -> pair.alice.ping(NatLab.BOB_TUNNEL));
        Thread other = new Thread(() -> {
            try {
                for (int i = 0; i < 500; i++) {
                    pair.bobHost
                            .source()
                            .apply(
                                    "wg0",
                                    DeviceChange.builder().peer(ALICE).remove().build());
                    pair.bobHost
                            .source()
                            .apply(
                                    "wg0",
                                    DeviceChange.builder()
                                            .peer(ALICE)
                                            .addAllowedIp(IpPrefix.of(NatLab.ALICE_TUNNEL))
                                            .build());
                }
            } catch (WireGuardException | RuntimeException e) {
                failure.set(e);
            }
        });
        other.start();
        while (other.isAlive()) {
            pair.pass(Duration.ofMillis(100));
        }
        other.join();
        pair.pass(Duration.ofMinutes(3));

        assertThat(failure.get()).isNull();
        assertThat(pair.bob.hasSession(ALICE))
                .as("it comes back once it is left alone")
                .isTrue();
    }

    @Test
    void aPeerThatIsAddedAndRemovedInOneChangeLeavesNothingBehind() {
        Pair pair = new Pair();

        pair.change(
                pair.alice,
                NatLab.REGISTRY,
                peer -> peer.endpoint(Pair.BOB_AT)
                        .persistentKeepalive(Duration.ofSeconds(1))
                        .peer(NatLab.REGISTRY)
                        .remove());
        pair.events.clear();
        pair.pass(Duration.ofMinutes(1));

        assertThat(pair.sent(pair.aliceHost, "")).isEmpty();
    }

    @Test
    void aDeviceThatIsNotThereIsNamed() {
        Pair pair = new Pair();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> pair.aliceHost.wireGuard("wg7"))
                .withMessage("alice has no device \"wg7\"");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> pair.alice.sendData(NatLab.REGISTRY))
                .withMessageContaining("wg0 of alice has no peer " + NatLab.REGISTRY);
    }

    private static DeviceChange reach(NatLab lab, PublicKey peer) {
        return DeviceChange.builder()
                .peer(peer)
                .endpoint(lab.advertised(peer).orElseThrow())
                .persistentKeepalive(Punch.KEEPALIVE)
                .build();
    }
}
