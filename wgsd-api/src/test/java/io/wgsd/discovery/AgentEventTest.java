package io.wgsd.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.wgsd.discovery.agent.LoggingListener;
import org.junit.jupiter.api.Test;

class AgentEventTest {

    /** As one of a later version. */
    private record Later() implements AgentEvent {}

    @Test
    void kindsMayBeAddedWithoutBreakingASwitch() {
        assertThat(AgentEvent.class.isSealed()).isFalse();
    }

    @Test
    void aListenerIgnoresAKindThatItDoesNotKnow() {
        assertThatCode(() -> new LoggingListener().happened(new Later())).doesNotThrowAnyException();
    }
}
