package io.wgsd.command.status;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatusQueryTest {

    @Test
    void whatIsAskedIsUnderstood() {
        assertThat(StatusQuery.parse(StatusQuery.ofJson().line()).json()).isTrue();
        assertThat(StatusQuery.parse(StatusQuery.ofText(120, true).line())).isEqualTo(StatusQuery.ofText(120, true));
        assertThat(StatusQuery.parse(StatusQuery.ofText(80, false).line())).isEqualTo(StatusQuery.ofText(80, false));
    }

    @Test
    void aWidthIsBounded() {
        assertThat(StatusQuery.parse("text 9999").width()).isEqualTo(500);
        assertThat(StatusQuery.parse("text 1").width()).isEqualTo(40);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "text", "text 99999999", "text -1", "json 80", "text 80 colours", "GET / HTTP/1.1"})
    void whatMakesNoSenseGetsPlainText(String line) {
        assertThat(StatusQuery.parse(line)).isEqualTo(StatusQuery.ofText(80, false));
    }
}
