package io.wgsd.discovery.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.discovery.registry.AnsweringChannel;
import io.wgsd.discovery.registry.RegistryChannel;
import io.wgsd.model.Moment;
import io.wgsd.model.PublicKey;
import java.lang.reflect.Method;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ObservedChannelTest {

    private final AnsweringChannel registry = new AnsweringChannel();
    private Moment now = new Moment(Instant.parse("2026-01-01T12:00:00Z"), 0);
    private Duration step = Duration.ZERO;
    /** Time goes on whenever somebody looks at the clock. */
    private final ObservedChannel channel = new ObservedChannel(registry, () -> now = now.plus(step));

    @Test
    void theRoundTripIsTheShortestOfTheLatest() {
        assertThat(channel.roundTrip()).isNull();

        ask(Duration.ofMillis(30));
        ask(Duration.ofMillis(20));
        ask(Duration.ofMillis(50));
        assertThat(channel.roundTrip()).isEqualTo(Duration.ofMillis(20));

        for (int i = 0; i < 8; i++) {
            ask(Duration.ofMillis(40));
        }
        assertThat(channel.roundTrip()).isEqualTo(Duration.ofMillis(40));
    }

    @Test
    void nothingIsLeftToTheDefaultsOfTheInterface() {
        assertThat(ObservedChannel.class.getDeclaredMethods())
                .extracting(Method::getName)
                .containsAll(Arrays.stream(RegistryChannel.class.getDeclaredMethods())
                        .filter(method -> !method.isSynthetic())
                        .map(Method::getName)
                        .toList());
    }

    private void ask(Duration takes) {
        step = takes;
        assertThat(channel.ask(PublicKey.of(new byte[PublicKey.LENGTH]), server -> Optional.empty()))
                .isCompleted();
    }
}
