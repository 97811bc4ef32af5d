package io.wgsd.command.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a program started is ended. What a signal does to it is for {@code ConfigFileTest}, with real processes. */
class ShutdownTest {

    private final List<String> ended = new ArrayList<>();

    @Test
    void whatWasStartedIsEndedInReverseOrder() {
        try (Shutdown shutdown = Shutdown.onSignal(() -> {})) {
            shutdown.start(() -> "first", ended::add);
            shutdown.start(() -> "second", ended::add);
        }
        assertThat(ended).containsExactly("second", "first");
    }

    @Test
    void whatCouldNotBeStartedIsNotEnded() {
        try (Shutdown shutdown = Shutdown.onSignal(() -> {})) {
            shutdown.start(() -> "first", ended::add);
            assertThatThrownBy(() -> shutdown.start(ShutdownTest::fail, ended::add))
                    .isInstanceOf(IOException.class);
        }
        assertThat(ended).containsExactly("first");
    }

    private static String fail() throws IOException {
        throw new IOException("no");
    }
}
