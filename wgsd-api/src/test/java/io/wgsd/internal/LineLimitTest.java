package io.wgsd.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LineLimitTest {

    private static final Duration SHORTLY = Duration.ofSeconds(59);

    private final List<String> lines = new ArrayList<>();
    private long now = Long.MAX_VALUE - Duration.ofSeconds(90).toNanos();
    private final LineLimit limit = new LineLimit(() -> now);

    @Test
    void theFirstLineOfASourcePassesAtOnce() {
        report("a", "a is away");
        report("b", "b is away");

        assertThat(lines).containsExactly("a is away", "b is away");
    }

    @Test
    void ofTheLinesThatFollowTheLastOnePassesAfterAMinuteWithTheNumberOfTheOthers() {
        report("a", "a is away");
        report("a", "a is back");
        report("a", "a is away again");
        pass(SHORTLY);
        assertThat(lines).containsExactly("a is away");

        pass(Duration.ofSeconds(1));

        assertThat(lines).containsExactly("a is away", "a is away again (and 1 more like it within a minute)");
    }

    @Test
    void aLineThatWasHeldBackAloneIsShownAsItIs() {
        report("a", "a is away");
        report("a", "a is back");

        pass(LineLimit.INTERVAL);

        assertThat(lines).containsExactly("a is away", "a is back");
    }

    @Test
    void whatWasHeldBackBeginsAnotherMinute() {
        report("a", "1");
        report("a", "2");
        pass(LineLimit.INTERVAL);
        report("a", "3");

        assertThat(lines).containsExactly("1", "2");
        pass(LineLimit.INTERVAL);
        assertThat(lines).containsExactly("1", "2", "3");
    }

    @Test
    void afterAQuietMinuteTheNextLinePassesAtOnce() {
        report("a", "1");
        now += LineLimit.INTERVAL.toNanos();

        report("a", "2");

        assertThat(lines).containsExactly("1", "2");
    }

    @Test
    void nothingIsRememberedOfSourcesThatAreQuiet() {
        report("a", "1");
        assertThat(limit.isWaiting()).isTrue();

        pass(LineLimit.INTERVAL);

        assertThat(limit.isWaiting()).isFalse();
    }

    @Test
    void sourcesThatAreTooManyShareOnePlace() {
        int sources = 1000;
        IntStream.range(0, sources).forEach(i -> report("source " + i, "line of " + i));

        assertThat(lines).hasSize(LineLimit.SOURCES + 1);
        pass(LineLimit.INTERVAL);
        assertThat(lines)
                .hasSize(LineLimit.SOURCES + 2)
                .endsWith("line of 999 (and " + (sources - LineLimit.SOURCES - 2) + " more like it within a minute)");
    }

    private void report(String source, String line) {
        limit.report(source, () -> line, lines::add);
    }

    private void pass(Duration time) {
        now += time.toNanos();
        limit.sweep();
    }
}
