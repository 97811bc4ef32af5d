package io.wgsd.command.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

class TimeSpanTest {

    @ParameterizedTest
    @CsvSource({"300ms,PT0.3S", "90s,PT90S", "5m,PT5M", "2h,PT2H", "7d,PT168H", "0s,PT0S"})
    void isAWholeNumberWithItsUnit(String text, Duration expected) {
        assertThat(TimeSpan.parse(text)).isEqualTo(expected);
        assertThat(TimeSpan.format(expected)).isEqualTo(text);
    }

    @Test
    void isInSecondsWithoutAUnit() {
        assertThat(TimeSpan.parse("300")).isEqualTo(Duration.ofMinutes(5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "m", "5 m", "5min", "-5s", "1.5s", "5M", "99999999999s"})
    void anyOtherFormIsRefusedWithAnExample(String text) {
        assertThatThrownBy(() -> TimeSpan.parse(text))
                .isInstanceOf(UsageException.class)
                .hasMessage(
                        "\"" + text + "\" is not a time; write a whole number with ms, s, m, h or d, as in 90s or 5m"
                                + " (without a unit it is seconds)");
    }

    @Test
    void aValueOutOfRangeIsRefusedWithTheLimits() {
        OptionSpec option = TimeSpan.option("--max-age").build();
        CommandSpec.create().addOption(option).commandLine();
        option.setValue(Duration.ofDays(2));
        assertThatThrownBy(() -> TimeSpan.check(option, Duration.ofSeconds(1), Duration.ofDays(1)))
                .hasMessage("--max-age must be 1s to 1d, was 2d");
    }
}
