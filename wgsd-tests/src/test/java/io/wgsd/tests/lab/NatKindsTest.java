package io.wgsd.tests.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.tests.process.Program;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * The lab's own test of its NATs, {@code lab/selftest}: each kind maps, filters, chooses ports, hairpins and forgets as
 * it says. The other sections of {@code lab/selftest} are for a release.
 */
class NatKindsTest {

    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final Path SELFTEST =
            Path.of("../lab/selftest").toAbsolutePath().normalize();

    @Test
    void theLabsNatsAreWhatTheyAreCalled() throws IOException, InterruptedException {
        RealLab.require(false);
        Program.require("conntrack", "conntrack");
        Program.require("python3", "python3");

        Program.Result result = Program.run(
                LIMIT, new ProcessBuilder(SELFTEST.toString(), "kinds4", "kinds6", "carriers", "shared", "paths"));

        assertThat(result.output()).doesNotContain("FAILED").contains(" 0 failed");
        assertThat(result.status()).isZero();
    }
}
