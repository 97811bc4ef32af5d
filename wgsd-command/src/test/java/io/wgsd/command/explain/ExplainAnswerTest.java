package io.wgsd.command.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgsd.command.explain.ExplainAnswer.Verdict;
import io.wgsd.command.status.StatusQuery;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes over the socket, there and back. */
class ExplainAnswerTest {

    @ParameterizedTest
    @EnumSource
    void anAnswerIsReadAsItWasWritten(Verdict verdict) throws IOException {
        ExplainAnswer answer = new ExplainAnswer(verdict, "two\nlines");

        assertThat(ExplainAnswer.parse(answer.encoded())).isEqualTo(answer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"well\nwg0: agent", "problem\n", "explained", "explained perhaps\n"})
    void anotherVersionIsNamed(String text) {
        assertThatThrownBy(() -> ExplainAnswer.parse(text))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("older version");
    }

    @Test
    void aClosedConnectionIsNamed() {
        assertThatThrownBy(() -> ExplainAnswer.parse("")).hasMessageContaining("without an answer");
    }

    @Test
    void aQuestionIsReadAsItWasWritten() {
        ExplainQuery query = new ExplainQuery(Scene.BOB.toBase32(), StatusQuery.ofText(120, true));

        assertThat(ExplainQuery.parse(query.line())).contains(query);
        assertThat(query.line().length()).isLessThan(128);
        assertThat(ExplainQuery.parse("text 80")).isEmpty();
        assertThat(ExplainQuery.parse("json")).isEmpty();
    }
}
