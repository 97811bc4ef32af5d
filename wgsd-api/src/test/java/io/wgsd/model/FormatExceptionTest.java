package io.wgsd.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FormatExceptionTest {

    @Test
    void saysWhatWasExpectedWhatWasFoundAndWhyItIsNot() {
        assertThat(new FormatException("endpoint", "example.com:1", "must be numeric"))
                .hasMessage("endpoint \"example.com:1\": must be numeric");
    }

    @Test
    void givesItsPartsOnTheirOwn() {
        FormatException e = new FormatException("endpoint", "x", "must be numeric");
        assertThat(e.subject()).isEqualTo("endpoint");
        assertThat(e.reason()).isEqualTo("must be numeric");
    }

    @Test
    void staysOnOneLineForAnyText() {
        assertThat(new FormatException("prefix", "1\n2\r\u001b[0m\u2028\u202e", "bad"))
                .hasMessage("prefix \"1\\n2\\r\\u001b[0m\\u2028\\u202e\": bad");
    }

    @Test
    void cutsALongText() {
        assertThat(new FormatException("prefix", "x".repeat(100_000), "bad"))
                .hasMessage("prefix \"" + "x".repeat(80) + "…\": bad");
    }

    @Test
    void keepsASecretTextToItself() {
        FormatException e = FormatException.withoutText("private key", "must be 64 hex digits");
        assertThat(e).hasMessage("private key: must be 64 hex digits");
        assertThat(e.subject()).isEqualTo("private key");
        assertThat(e.reason()).isEqualTo("must be 64 hex digits");
    }

    @Test
    void isAnIllegalArgument() {
        assertThat(new FormatException("a", "b", "c")).isInstanceOf(IllegalArgumentException.class);
    }
}
