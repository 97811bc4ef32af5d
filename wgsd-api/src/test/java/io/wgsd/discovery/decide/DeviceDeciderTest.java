package io.wgsd.discovery.decide;

import static io.wgsd.discovery.decide.History.opener;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.discovery.AgentEvent.PeerChanged;
import io.wgsd.discovery.PeerState;
import io.wgsd.model.Device;
import io.wgsd.model.DeviceKind;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What concerns all peers of a device, and those that leave it. */
class DeviceDeciderTest {

    private static final String THERE = "198.51.100.1:1000";
    private static final String ELSEWHERE = "198.51.100.1:2000";

    @Test
    void aKeptPeerIsAlwaysLeftAlone() {
        History peer = opener().endpoint(THERE).advertised(ELSEWHERE).kept();

        assertThat(peer.decidesFor(Duration.ofMinutes(10))).isEmpty();
        assertThat(peer.status().state()).isEqualTo(PeerState.KEPT);
    }

    @Test
    void aLyingRegistryCostsABoundedNumberOfInitiations() {
        History peer = opener();
        int attempts = 0;
        for (int i = 0; i < 600; i++) {
            peer.advertised("198.51.100.1:" + (1_000 + i));
            attempts += peer.decidesFor(Duration.ofSeconds(1)).size();
        }

        assertThat(attempts).isBetween(60, 14 + 60 + 1);
    }

    @Test
    void aPeerThatIsTakenAwayIsGone() {
        History peer = opener();
        DeviceDecision before = peer.decides();
        Observation without = new Observation(
                Device.builder("wg0", DeviceKind.KERNEL).publicKey(History.OWN).build(),
                Map.of(),
                Set.of(),
                Set.of(),
                true,
                true,
                History.ROUND_TRIP,
                Optional.empty(),
                peer.now());

        DeviceDecision decision = DeviceDecider.decide(before.state(), without);
        assertThat(decision.state().peers()).isEmpty();
        assertThat(decision.events())
                .singleElement()
                .isInstanceOfSatisfying(
                        PeerChanged.class,
                        event -> assertThat(event.peer().state()).isEqualTo(PeerState.GONE));
    }

    @Test
    void aPeerThatIsTakenAwayRightBeforeItIsWrittenIsNotWrittenAndIsGoneNext() {
        History peer = opener().advertised(THERE);
        AgentMemory before = AgentMemory.initial(7, peer.now());
        DeviceDecision first = peer.decides();
        Observation without = new Observation(
                Device.builder("wg0", DeviceKind.KERNEL).publicKey(History.OWN).build(),
                Map.of(),
                Set.of(),
                Set.of(),
                true,
                true,
                History.ROUND_TRIP,
                Optional.empty(),
                peer.now());

        DeviceDecision confirmed = DeviceDecider.confirm(first, before, without);
        assertThat(confirmed.change()).isEmpty();
        assertThat(confirmed.datagrams()).isEmpty();
        assertThat(DeviceDecider.decide(confirmed.state(), without).events())
                .singleElement()
                .isInstanceOfSatisfying(
                        PeerChanged.class,
                        event -> assertThat(event.peer().state()).isEqualTo(PeerState.GONE));
    }
}
