package io.wgsd.command.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LevelTest {

    @Test
    void eachLevelHasAName() {
        assertThat(Level.words()).isEqualTo("error, warn, info, debug");
        assertThat(Level.of("warn")).contains(Level.WARN);
        assertThat(Level.of("WARN")).isEmpty();
        assertThat(Level.of("trace")).isEmpty();
    }

    @Test
    void aLevelShowsItselfAndWhatMattersMore() {
        assertThat(Level.WARN.shows(Level.ERROR)).isTrue();
        assertThat(Level.WARN.shows(Level.WARN)).isTrue();
        assertThat(Level.WARN.shows(Level.INFO)).isFalse();
    }
}
