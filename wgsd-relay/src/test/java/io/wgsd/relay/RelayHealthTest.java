package io.wgsd.relay;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RelayHealthTest {

    @Test
    void aRelayThatRunsWithoutAProblemIsWell() {
        RelayHealth health = RelayHealth.builder().build();
        assertThat(health.isOk()).isTrue();
        assertThat(health.wouldRestartHelp()).isFalse();
    }

    @Test
    void aProblemIsNothingThatARestartHelps() {
        RelayHealth health = RelayHealth.builder().problem("the disk is full").build();
        assertThat(health.isRunning()).isTrue();
        assertThat(health.isOk()).isFalse();
        assertThat(health.problems()).containsExactly("the disk is full");
        assertThat(health.wouldRestartHelp()).isFalse();
    }

    @Test
    void whereAThreadHasEndedARestartHelps() {
        Error error = new OutOfMemoryError("heap");
        RelayHealth health = RelayHealth.builder().fatalError(error).build();
        assertThat(health.isRunning()).isFalse();
        assertThat(health.isOk()).isFalse();
        assertThat(health.fatalError()).contains(error);
        assertThat(health.wouldRestartHelp()).isTrue();
    }
}
