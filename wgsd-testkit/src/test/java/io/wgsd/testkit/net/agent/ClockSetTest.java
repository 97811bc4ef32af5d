package io.wgsd.testkit.net.agent;

import static io.wgsd.testkit.net.NatLab.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.discovery.AgentEvent.PeerChanged;
import io.wgsd.discovery.PeerState;
import io.wgsd.model.DeviceChange;
import io.wgsd.spi.WireGuardException;
import io.wgsd.testkit.contract.ForwardingSource;
import io.wgsd.testkit.net.NatLab;
import io.wgsd.testkit.net.SimulatedHost;
import io.wgsd.testkit.net.SimulatedRegistry;
import io.wgsd.testkit.net.WireGuardImplementation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An agent that is started after somebody has set the wall clock disturbs no live tunnel. */
class ClockSetTest {

    @ParameterizedTest
    @CsvSource({"600, true", "600, false", "3600, true", "-600, true", "-600, false", "-1700000000, true"})
    void aLiveSessionIsNotWrittenAndSoonSeenToBeLive(long seconds, boolean answers) {
        NatLab lab = NatLab.builder()
                .implementation(WireGuardImplementation.linux(250))
                .keepalive(Duration.ofSeconds(25))
                .build();
        lab.bob().wireGuard(NatLab.DEVICE).setRefusing(answers);
        SimulatedRegistry registry = SimulatedRegistry.start(lab.registry(), NatLab.DEVICE);
        Written source = new Written(lab.alice());
        SimulatedAgent alice = new SimulatedAgent(lab, registry, lab.alice(), source, 1).start();
        new SimulatedAgent(lab, registry, lab.bob(), 2).start();
        assertThat(lab.timeline().runUntil(lab::isConnected, Duration.ofMinutes(1)))
                .isTrue();
        lab.timeline().runFor(Duration.ofSeconds(40));
        alice.kill();
        lab.alice().setClockOffset(Duration.ofSeconds(seconds));
        source.changes.clear();
        alice.events().clear();
        alice.start();
        lab.timeline().runFor(Duration.ofSeconds(40));

        assertThat(source.changes).isEmpty();
        assertThat(alice.events().stream()
                        .filter(event -> event instanceof PeerChanged changed
                                && changed.peer().publicKey().equals(BOB))
                        .map(event -> ((PeerChanged) event).peer().state()))
                .containsExactly(PeerState.SUSPECT, PeerState.DIRECT);
    }

    /** A source that remembers what was written. */
    private static final class Written extends ForwardingSource {

        private final List<DeviceChange> changes = new ArrayList<>();

        Written(SimulatedHost host) {
            super(host.source());
        }

        @Override
        public void apply(String device, DeviceChange change) throws WireGuardException {
            changes.add(change);
            super.apply(device, change);
        }
    }
}
