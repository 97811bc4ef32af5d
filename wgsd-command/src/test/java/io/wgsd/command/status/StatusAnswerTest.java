package io.wgsd.command.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class StatusAnswerTest {

    @Test
    void whatIsAnsweredIsUnderstood() throws IOException {
        for (boolean well : new boolean[] {true, false}) {
            StatusAnswer answer = new StatusAnswer(well, "one\ntwo");
            assertThat(StatusAnswer.parse(answer.encoded())).isEqualTo(answer);
        }
    }

    @Test
    void anAnswerOfAnotherFormIsRefused() {
        assertThatThrownBy(() -> StatusAnswer.parse("wg0\n  peer"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("another version");
        assertThatThrownBy(() -> StatusAnswer.parse(""))
                .isInstanceOf(IOException.class)
                .hasMessage("it closed the connection without an answer");
    }
}
