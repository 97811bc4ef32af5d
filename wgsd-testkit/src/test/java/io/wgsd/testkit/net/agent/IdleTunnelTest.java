package io.wgsd.testkit.net.agent;

import static io.wgsd.testkit.net.NatLab.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.discovery.AgentEvent.PeerChanged;
import io.wgsd.discovery.PeerState;
import io.wgsd.testkit.net.LinkConditions;
import io.wgsd.testkit.net.NatLab;
import io.wgsd.testkit.net.SimulatedRegistry;
import io.wgsd.testkit.net.WireGuardImplementation;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A tunnel that nobody uses stays, although NATs forget it after 30 s and nobody keeps it alive. */
class IdleTunnelTest {

    @ParameterizedTest
    @CsvSource({"0, 0", "0.02, 0", "0, 25"})
    void itIsRenewedAndNotLost(double loss, int keepalive) {
        NatLab lab = NatLab.builder()
                .implementation(WireGuardImplementation.linux(250))
                .conditions(LinkConditions.builder()
                        .delay(Duration.ofMillis(40))
                        .loss(loss)
                        .build())
                .keepalive(Duration.ofSeconds(keepalive))
                .build();
        SimulatedRegistry registry = SimulatedRegistry.start(lab.registry(), NatLab.DEVICE);
        SimulatedAgent alice = new SimulatedAgent(lab, registry, lab.alice(), 1);
        alice.start();
        new SimulatedAgent(lab, registry, lab.bob(), 2).start();
        assertThat(lab.timeline().runUntil(lab::isConnected, Duration.ofMinutes(1)))
                .isTrue();
        lab.timeline().runFor(Duration.ofHours(2));

        List<PeerState> states = alice.events().stream()
                .filter(event -> event instanceof PeerChanged changed
                        && changed.peer().publicKey().equals(BOB))
                .map(event -> ((PeerChanged) event).peer().state())
                .toList();
        assertThat(states).containsExactly(PeerState.WAITING, PeerState.CALLING, PeerState.DIRECT);
    }
}
