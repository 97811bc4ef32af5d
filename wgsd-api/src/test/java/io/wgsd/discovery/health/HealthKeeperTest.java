package io.wgsd.discovery.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.discovery.AgentEvent;
import io.wgsd.discovery.AgentHealth;
import io.wgsd.discovery.RegistryStatus;
import io.wgsd.discovery.RegistryStatus.State;
import io.wgsd.discovery.registry.AnsweringChannel;
import io.wgsd.discovery.registry.RegistryChannel;
import io.wgsd.model.Endpoint;
import io.wgsd.model.Moment;
import io.wgsd.model.PublicKey;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HealthKeeperTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final PublicKey ALICE = PublicKey.parse("xScVkH3fUGUv4RrJFfmcqm8rs3SEHr41km6+yffAHw4=");
    private static final Endpoint THERE = Endpoint.parse("203.0.113.1:1000");
    private static final InetSocketAddress SERVER =
            new AnsweringChannel().servers().get(0);

    private final List<AgentEvent> events = new ArrayList<>();
    private Moment now = new Moment(START, 0);
    private final HealthKeeper keeper =
            new HealthKeeper(List.of(new AnsweringChannel().advertise(ALICE, THERE)), events::add, () -> now);

    @Test
    void atFirstNothingIsKnown() {
        AgentHealth health = keeper.health();

        assertThat(health.isDeviceUp()).isFalse();
        assertThat(health.isWorking()).isFalse();
        assertThat(health.wouldRestartHelp()).isFalse();
        assertThat(registry().state()).isEqualTo(State.UNKNOWN);
        assertThat(registry().since()).isEqualTo(START);
        assertThat(registry().age()).isEmpty();
    }

    @Test
    void itWorksWhereTheDeviceIsUpAndARegistryAnswers() {
        keeper.happened(new AgentEvent.DeviceUp("wg0"));
        assertThat(keeper.health().isWorking()).isFalse();

        pass(Duration.ofSeconds(3));
        keeper.happened(new AgentEvent.RegistryUp(SERVER));

        assertThat(keeper.health().isWorking()).isTrue();
        assertThat(registry().since()).isEqualTo(START.plusSeconds(3));
        assertThat(events).hasSize(2);
    }

    @Test
    void whyItDoesNotWorkIsKeptUntilItWorksAgain() {
        keeper.happened(new AgentEvent.DeviceUp("wg0"));
        keeper.happened(new AgentEvent.RegistryUp(SERVER));

        keeper.happened(new AgentEvent.DeviceDown("wg0", "no device \"wg0\""));
        assertThat(keeper.health().deviceProblem()).contains("no device \"wg0\"");
        assertThat(keeper.health().isWorking()).isFalse();
        assertThat(keeper.health().wouldRestartHelp()).isFalse();

        keeper.happened(new AgentEvent.DeviceUp("wg0"));
        keeper.happened(new AgentEvent.RegistryDown(SERVER, "no answer"));
        assertThat(keeper.health().isDeviceUp()).isTrue();
        assertThat(keeper.health().isWorking()).isFalse();
        assertThat(registry().reason()).contains("no answer");
    }

    @Test
    void aDeviceThatCouldNotBeWrittenIsUpOnceAnEndpointIsSet() {
        keeper.happened(new AgentEvent.DeviceUp("wg0"));
        keeper.happened(new AgentEvent.DeviceDown("wg0", "not permitted"));
        assertThat(keeper.health().isDeviceUp()).isFalse();

        keeper.happened(new AgentEvent.EndpointSet(ALICE, THERE, Optional.empty()));

        assertThat(keeper.health().isDeviceUp()).isTrue();
    }

    @Test
    void anAgentThatHasEndedNeedsARestart() {
        keeper.happened(new AgentEvent.Ended("out of memory"));

        assertThat(keeper.health().ended()).contains("out of memory");
        assertThat(keeper.health().wouldRestartHelp()).isTrue();
    }

    @Test
    void whatARegistrySaysGetsOlderUntilItSpeaksAgain() {
        RegistryChannel channel = keeper.channels().get(0);
        assertThat(channel.ask(ALICE, server -> Optional.empty()).join()).isPresent();
        pass(Duration.ofSeconds(7));

        assertThat(registry().age()).contains(Duration.ofSeconds(7));

        assertThat(channel.ask(ALICE, server -> Optional.empty()).join()).isPresent();
        assertThat(registry().age()).contains(Duration.ZERO);
        assertThat(registry().isPushing()).isFalse();
    }

    private RegistryStatus registry() {
        List<RegistryStatus> registries = keeper.health().registries();
        assertThat(registries).hasSize(1);
        assertThat(registries.get(0).server()).isEqualTo(SERVER);
        return registries.get(0);
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }
}
