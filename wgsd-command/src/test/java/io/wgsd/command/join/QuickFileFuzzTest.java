package io.wgsd.command.join;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.wgsd.model.FormatException;
import java.nio.charset.StandardCharsets;

/** Whatever a file for wg-quick has, its hosts are read out of it or it is refused. */
class QuickFileFuzzTest {

    @FuzzTest(maxDuration = "10m")
    void aFileIsReadOrRefused(byte[] input) {
        QuickFile file;
        try {
            file = QuickFile.parse(new String(input, StandardCharsets.UTF_8));
        } catch (FormatException e) {
            assertThat(e.getMessage()).doesNotContain("\n").hasSizeLessThan(2_000);
            return;
        }
        assertThat(file.hosts()).hasSizeLessThanOrEqualTo(input.length / 44);
    }
}
