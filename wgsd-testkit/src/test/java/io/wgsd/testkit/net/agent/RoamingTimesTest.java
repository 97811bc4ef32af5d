package io.wgsd.testkit.net.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.EnumSource.Mode.EXCLUDE;

import io.wgsd.testkit.net.agent.RoamingTrial.Case;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * How long a tunnel is dead after its other end was found elsewhere, from when the registry knows that.
 *
 * <p>{@code -Droaming.table=FILE} writes the table of {@code benchmarks/RESULTS.md}, of {@code -Droaming.trials=N}
 * trials each.
 */
class RoamingTimesTest {

    private static final String TABLE = "roaming.table";
    private static final int TRIALS = 40;

    @ParameterizedTest
    @EnumSource(mode = EXCLUDE, names = "NO_NEWS")
    void whereThePeerAnswersProbesHalfTakeAtMostFourSecondsAndNearlyAllEight(Case which) {
        Times times = Times.of(which, true, 0, TRIALS);

        assertThat(times.percentile(50)).as("the middle one of %s", times).isLessThanOrEqualTo(4);
        assertThat(times.percentile(95)).as("the 95th percentile of %s", times).isLessThanOrEqualTo(8);
    }

    @ParameterizedTest
    @EnumSource(mode = EXCLUDE, names = "NO_NEWS")
    void whereThePeerAnswersNoProbesHalfTakeAtMostTwentySeconds(Case which) {
        Times times = Times.of(which, false, 0, TRIALS);

        assertThat(times.percentile(50)).as("the middle one of %s", times).isLessThanOrEqualTo(20);
    }

    @Test
    @EnabledIfSystemProperty(named = TABLE, matches = ".+", disabledReason = "-Droaming.table=FILE asks for the table")
    void theTableIsWrittenWhereItIsAskedFor() throws IOException {
        int trials = Integer.getInteger("roaming.trials", 200);
        StringBuilder table = new StringBuilder(
                "| what happens | probes are | loss | median | 95 % | longest |\n" + "|---|---|---:|---:|---:|---:|\n");
        for (Case which : Case.values()) {
            for (boolean answers : new boolean[] {true, false}) {
                for (double loss : new double[] {0, 0.02}) {
                    Times times = Times.of(which, answers, loss, trials);
                    table.append(String.format(
                            Locale.ROOT,
                            "| %s | %s | %.0f %% | %.1f s | %.1f s | %.1f s |%n",
                            which.title,
                            answers ? "answered" : "not answered",
                            100 * loss,
                            times.percentile(50),
                            times.percentile(95),
                            times.percentile(100)));
                }
            }
        }
        Files.writeString(Path.of(System.getProperty(TABLE)), table);
    }

    private record Times(List<Duration> sorted) {

        static Times of(Case which, boolean answers, double loss, int trials) {
            return new Times(IntStream.rangeClosed(1, trials)
                    .mapToObj(seed -> RoamingTrial.run(which, answers, loss, seed))
                    .sorted()
                    .toList());
        }

        double percentile(int percent) {
            return sorted.get(Math.max(0, (sorted.size() * percent + 99) / 100 - 1))
                            .toMillis()
                    / 1000.0;
        }
    }
}
