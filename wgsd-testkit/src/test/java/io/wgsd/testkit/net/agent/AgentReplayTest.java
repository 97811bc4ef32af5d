package io.wgsd.testkit.net.agent;

import static io.wgsd.testkit.net.NatLab.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgsd.discovery.AgentEvent;
import io.wgsd.discovery.AgentEvent.EndpointSet;
import io.wgsd.discovery.AgentEvent.PeerChanged;
import io.wgsd.discovery.AgentRecording;
import io.wgsd.discovery.PeerState;
import io.wgsd.model.FormatException;
import io.wgsd.testkit.net.LinkConditions;
import io.wgsd.testkit.net.NatLab;
import io.wgsd.testkit.net.SimulatedRegistry;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an agent has recorded leads to the same decisions again. */
class AgentReplayTest {

    @Test
    void theSameIsDecidedAgain() {
        NatLab lab = NatLab.builder()
                .conditions(LinkConditions.builder()
                        .delay(Duration.ofMillis(40))
                        .loss(0.1)
                        .build())
                .keepalive(Duration.ofSeconds(25))
                .build();
        SimulatedRegistry registry = SimulatedRegistry.start(lab.registry(), NatLab.DEVICE);
        SimulatedAgent alice = new SimulatedAgent(lab, registry, lab.alice(), 11);
        alice.start();
        new SimulatedAgent(lab, registry, lab.bob(), 12).start();
        lab.timeline().runFor(Duration.ofMinutes(5));
        lab.bobNat().remap();
        lab.timeline().runFor(Duration.ofMinutes(15));

        List<AgentEvent> told = alice.events().stream()
                .filter(event -> event instanceof PeerChanged || event instanceof EndpointSet)
                .toList();
        assertThat(told)
                .anyMatch(event -> event instanceof PeerChanged changed
                        && changed.peer().publicKey().equals(BOB)
                        && changed.peer().state() == PeerState.SUSPECT);
        assertThat(AgentRecording.replay(alice.record().stream()))
                .extracting(AgentRecording.Entry::event)
                .isEqualTo(told);
        assertThat(AgentRecording.replay(alice.record().stream()))
                .extracting(AgentRecording.Entry::at)
                .isSorted();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"nonsense", "look ", "look a b c", "look 2026-01-01T00:00:00Z 1 - 0 true true PT1S - wg0 | x"})
    void aLineThatNoAgentRecordsIsRefused(String line) {
        assertThatThrownBy(() -> AgentRecording.replay(Stream.of(line))).isInstanceOf(FormatException.class);
    }
}
