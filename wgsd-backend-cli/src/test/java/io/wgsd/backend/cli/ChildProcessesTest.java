package io.wgsd.backend.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgsd.spi.CancelledException;
import io.wgsd.spi.ErrorOrigin;
import io.wgsd.spi.Operation;
import io.wgsd.spi.TimedOutException;
import io.wgsd.testkit.contract.Lab;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Real processes: a shell, which does what a {@code wg} might. */
final class ChildProcessesTest {

    private final Programs programs = new ChildProcesses();

    @BeforeEach
    void aShell() {
        Lab.require(new File("/bin/sh").canExecute(), "there is no /bin/sh");
    }

    @AfterEach
    void noChildIsLeft() {
        assertThat(ProcessHandle.current()
                        .children()
                        .filter(child -> child.info()
                                .command()
                                .filter(command -> command.endsWith("sh") || command.endsWith("sleep"))
                                .isPresent()))
                .as("shells that still run, or have ended and were not reaped")
                .isEmpty();
    }

    @Test
    void bothStreamsAndTheStatusAreReturned() throws Exception {
        try (Output output = run("echo out; echo err >&2; exit 3")) {
            assertThat(output.text()).isEqualTo("out\n");
            assertThat(output.err()).isEqualTo("err");
            assertThat(output.status()).isEqualTo(3);
        }
    }

    @Test
    void moreThanAPipeHoldsIsRead() throws Exception {
        try (Output output = run("head -c 5000000 /dev/zero; echo end >&2")) {
            assertThat(output.out().length()).isEqualTo(5_000_000);
            assertThat(output.err()).isEqualTo("end");
        }
    }

    @Test
    void aFloodOfErrorsIsCutOff() {
        assertThatThrownBy(() -> run("head -c 5000000 /dev/zero >&2; sleep 60"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("longer than 65536 bytes");
    }

    @Test
    void standardInputIsWhatWasGivenOrNothing() throws Exception {
        try (Output output = run("cat", "a key\n")) {
            assertThat(output.text()).isEqualTo("a key\n");
        }
        try (Output output = run("cat")) {
            assertThat(output.text()).isEmpty();
        }
    }

    @Test
    void aProcessThatDoesNotReadItsInputIsNoError() throws Exception {
        try (Output output = run("exit 0", "x".repeat(1_000_000))) {
            assertThat(output.status()).isZero();
        }
    }

    @Test
    void theEnvironmentIsNotThisProcesss() throws Exception {
        try (Output output = run("env | sort | grep -v -e ^_= -e ^PWD= -e ^SHLVL=")) {
            assertThat(output.text())
                    .isEqualTo(
                            "LC_ALL=C\nPATH=/usr/sbin:/usr/bin:/sbin:/bin\nWG_COLOR_MODE=never\nWG_ENDPOINT_RESOLUTION_RETRIES=0\n");
        }
    }

    @Test
    void oneThatHangsIsEndedWithAllThatItStarted() {
        Operation untilItHangs = Operation.begin(
                ErrorOrigin.of("cli"),
                "reading",
                Duration.ofSeconds(60),
                () -> children("sleep 601").size() == 2);

        assertThatThrownBy(
                        () -> programs.run(List.of("/bin/sh", "-c", "sleep 601 & sleep 601; wait"), null, untilItHangs))
                .isInstanceOf(CancelledException.class);
        assertThat(children("sleep 601")).isEmpty();
    }

    @Test
    void oneThatTakesTooLongIsEnded() {
        assertThatThrownBy(() ->
                        programs.run(List.of("/bin/sh", "-c", "sleep 602"), null, operation(Duration.ofMillis(200))))
                .isInstanceOf(TimedOutException.class);
        assertThat(children("sleep 602")).isEmpty();
    }

    @Test
    void anInterruptEndsItAndStays() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> run("sleep 600")).isInstanceOf(CancelledException.class);
        assertThat(Thread.interrupted()).as("the interrupt flag").isTrue();
    }

    @Test
    void itEndsWithItsSource() {
        AtomicBoolean closed = new AtomicBoolean();
        Operation operation =
                Operation.begin(ErrorOrigin.of("cli"), "reading", Duration.ofSeconds(20), () -> closed.getAndSet(true));

        assertThatThrownBy(() -> programs.run(List.of("/bin/sh", "-c", "sleep 600"), null, operation))
                .isInstanceOf(CancelledException.class);
    }

    @Test
    void aProgramThatIsNotThereIsAnError() {
        assertThatThrownBy(() -> programs.run(List.of("/nowhere/wg"), null, operation(Duration.ofSeconds(5))))
                .isInstanceOf(IOException.class);
    }

    private Output run(String script) throws IOException {
        return programs.run(List.of("/bin/sh", "-c", script), null, operation(Duration.ofSeconds(20)));
    }

    private Output run(String script, String input) throws IOException {
        return programs.run(
                List.of("/bin/sh", "-c", script),
                input.getBytes(StandardCharsets.US_ASCII),
                operation(Duration.ofSeconds(20)));
    }

    private static List<ProcessHandle> children(String command) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .commandLine()
                        .filter(line -> line.endsWith(command) && !line.contains(" -c "))
                        .isPresent())
                .toList();
    }

    private static Operation operation(Duration timeout) {
        return Operation.begin(ErrorOrigin.of("cli"), "reading", timeout, () -> false);
    }
}
