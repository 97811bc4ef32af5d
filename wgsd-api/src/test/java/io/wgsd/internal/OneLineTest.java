package io.wgsd.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OneLineTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "wg0", "größer “als” 日本 🙂", "C:\\wg \"quoted\""})
    void leavesWhatShowsOnOneLineAsItIs(String text) {
        assertThat(OneLine.of(text)).isEqualTo(text);
    }

    @Test
    void escapesWhatBreaksALine() {
        assertThat(OneLine.of("a\nb\rc\u0085d\u2028e\u2029f\u000bg\u000ch"))
                .isEqualTo("a\\nb\\rc\\u0085d\\u2028e\\u2029f\\u000bg\\u000ch");
    }

    @Test
    void escapesWhatSteersATerminal() {
        assertThat(OneLine.of("\u001b[2J\t\u0007\u0000\u009b")).isEqualTo("\\u001b[2J\\t\\u0007\\u0000\\u009b");
    }

    @Test
    void escapesWhatTurnsOrHidesText() {
        assertThat(OneLine.of("\u202egw\u200b\ufeff\udb40\udc41")).isEqualTo("\\u202egw\\u200b\\ufeff\\ue0041");
    }

    @Test
    void escapesHalfACharacter() {
        assertThat(OneLine.of("\ud83d")).isEqualTo("\\ud83d");
    }

    @Test
    void escapesWhatHasNoMeaning() {
        assertThat(OneLine.of("\ue000\uffff")).isEqualTo("\\ue000\\uffff");
    }

    @Test
    void cutsAfterSoManyCharactersAndSaysSo() {
        assertThat(OneLine.of("abcdef", 5)).isEqualTo("abcde…");
    }

    @Test
    void doesNotCutWhatFits() {
        assertThat(OneLine.of("abcde", 5)).isEqualTo("abcde");
    }

    @Test
    void cutsBetweenCharactersNotInsideOne() {
        assertThat(OneLine.of("🙂🙂🙂", 2)).isEqualTo("🙂🙂…");
    }
}
