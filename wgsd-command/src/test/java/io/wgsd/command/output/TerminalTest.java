package io.wgsd.command.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TerminalTest {

    @Test
    void aTerminalHasColours() {
        assertThat(Terminal.of(true, Map.of("TERM", "xterm")).hasColours()).isTrue();
    }

    @Test
    void aPipeHasNone() {
        assertThat(Terminal.of(false, Map.of("TERM", "xterm")).hasColours()).isFalse();
    }

    @Test
    void noneAreUsedWhereTheyAreNotWanted() {
        assertThat(Terminal.of(true, Map.of("TERM", "xterm", "NO_COLOR", "1")).hasColours())
                .isFalse();
        assertThat(Terminal.of(true, Map.of("TERM", "xterm", "NO_COLOR", "")).hasColours())
                .isTrue();
        assertThat(Terminal.of(true, Map.of("TERM", "dumb")).hasColours()).isFalse();
    }

    @Test
    void theWidthIsThatOfTheEnvironmentOrTheUsualOne() {
        assertThat(Terminal.of(false, Map.of("COLUMNS", "132")).width()).isEqualTo(132);
        assertThat(Terminal.of(false, Map.of("COLUMNS", "wide")).width()).isEqualTo(80);
        assertThat(Terminal.of(false, Map.of()).width()).isEqualTo(80);
    }
}
