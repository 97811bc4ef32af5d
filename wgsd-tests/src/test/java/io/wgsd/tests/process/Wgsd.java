package io.wgsd.tests.process;

import io.wgsd.testkit.contract.Lab;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The {@code wgsd} command as it is packaged. */
public final class Wgsd {

    /** Where its jars are. */
    public static final Path LIBRARIES =
            Path.of("../wgsd-command/target/wgsd/lib").toAbsolutePath().normalize();

    private static final Path PROGRAM = LIBRARIES.resolveSibling("wgsd");
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private static boolean ready;

    private Wgsd() {}

    /**
     * Sees to it that it can be run; where it is not packaged the test is skipped.
     *
     * <p>The class archive is made here, so that it is not made beside what tests measure and wait for. The kernel VM
     * forgets what is written in it, so that those who use the command there call this before.
     */
    public static synchronized void require() throws IOException, InterruptedException {
        Lab.require(Files.isExecutable(PROGRAM), "the command is not packaged: run ./mvnw verify for all modules");
        if (!ready) {
            ProcessBuilder builder = new ProcessBuilder(command("--version"));
            builder.environment().put("WGSD_ARCHIVE", "wait");
            Program.Result first = Program.run(LIMIT, builder);
            if (first.status() != 0) {
                throw new AssertionError(first.output());
            }
            ready = true;
        }
    }

    /** Returns the words of a command line. */
    public static List<String> command(String... arguments) {
        List<String> words = new ArrayList<>(List.of(PROGRAM.toString()));
        words.addAll(List.of(arguments));
        return words;
    }
}
