package io.wgsd.command.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ErrorStreamTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.050Z");
    private static final String STREAM = "5:12345";

    private final StringWriter written = new StringWriter();
    private final ErrorStream terminal = new ErrorStream(new PrintWriter(written), Optional.of(() -> NOW));
    private final ErrorStream journal = new ErrorStream(new PrintWriter(written), Optional.empty());

    @Test
    void aLineHasTheTimeItsLevelAndWhatHappened() {
        terminal.write(Level.INFO, "the relay has stopped");

        assertThat(written).hasToString(lines("2026-03-01T12:00:00.050Z INFO the relay has stopped"));
    }

    @Test
    void aJournalGetsThePriorityAndNoTime() {
        journal.show(Level.DEBUG);
        journal.write(Level.ERROR, "a");
        journal.write(Level.WARN, "b");
        journal.write(Level.INFO, "c");
        journal.write(Level.DEBUG, "d");

        assertThat(written).hasToString(lines("<3>ERROR a", "<4>WARN b", "<6>INFO c", "<7>DEBUG d"));
    }

    @Test
    void linesThatMatterLessThanTheLevelAreNotShown() {
        journal.show(Level.WARN);
        journal.write(Level.WARN, "shown");
        journal.write(Level.INFO, "not shown");

        assertThat(written).hasToString(lines("<4>WARN shown"));
    }

    @Test
    void withoutALevelDetailsAreNotShown() {
        journal.write(Level.DEBUG, "a detail");

        assertThat(written).hasToString("");
    }

    @Test
    void whatCameFromElsewhereCannotBeginALine() {
        journal.write(Level.WARN, "refused: a\n<3>ERROR forged\u001b[2J");

        assertThat(written).hasToString(lines("<4>WARN refused: a\\n<3>ERROR forged\\u001b[2J"));
    }

    @Test
    void anErrorFollowsItsLineWithWhereItHappened() {
        IllegalStateException error = new IllegalStateException("second", new IOException("first\nand more"));

        journal.write(Level.ERROR, error);

        assertThat(written.toString().lines())
                .allMatch(line -> line.startsWith("<3>    "))
                .contains("<3>    java.lang.IllegalStateException: second")
                .contains("<3>    caused by java.io.IOException: first\\nand more")
                .anyMatch(line -> line.startsWith("<3>        at ") && line.contains("ErrorStreamTest.java"));
    }

    @Test
    void anErrorThatIsItsOwnCauseEnds() {
        IllegalStateException inner = new IllegalStateException("inner");
        IllegalStateException outer = new IllegalStateException("outer", inner);
        inner.initCause(outer);

        journal.write(Level.ERROR, outer);

        assertThat(written.toString().lines().filter(line -> line.contains("caused by")))
                .hasSize(9);
    }

    @Test
    void aJournalReadsTheStreamThatSystemdNames() {
        assertThat(ErrorStream.isJournal(Map.of("JOURNAL_STREAM", STREAM), STREAM))
                .isTrue();
        assertThat(ErrorStream.isJournal(Map.of("JOURNAL_STREAM", STREAM), "5:777"))
                .as("it was redirected")
                .isFalse();
        assertThat(ErrorStream.isJournal(Map.of(), STREAM)).isFalse();
        assertThat(ErrorStream.isJournal(Map.of("JOURNAL_STREAM", STREAM), null))
                .isFalse();
    }

    @Test
    void aStreamIsKnownByItsDeviceAndInode(@TempDir Path folder) throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), file);

        assertThat(ErrorStream.identity(link))
                .isEqualTo(ErrorStream.identity(file))
                .matches("[0-9]+:[0-9]+");
        assertThat(ErrorStream.identity(folder.resolve("missing"))).isNull();
    }

    private static String lines(String... lines) {
        return String.join(System.lineSeparator(), lines) + System.lineSeparator();
    }
}
