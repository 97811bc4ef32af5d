package io.wgsd.tests.process;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.wgsd.testkit.contract.Lab;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** A program of this machine, to be run to its end. */
public final class Program {

    private Program() {}

    /**
     * Returns where a program is; where the machine has none the test is skipped, or fails if nothing may be skipped.
     */
    public static String require(String name, String debianPackage) {
        // Users other than root have no sbin in their PATH, though they may run what is there.
        String path = System.getenv().getOrDefault("PATH", "") + File.pathSeparator + "/usr/sbin:/sbin";
        List<String> found = Stream.of(path.split(File.pathSeparator))
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .toList();
        Lab.require(!found.isEmpty(), "there is no " + name + " here: install Debian's " + debianPackage);
        return found.get(0);
    }

    /** Runs a program and returns what came of it; one that takes longer than the limit is ended. */
    public static Result run(Duration limit, ProcessBuilder builder) throws IOException, InterruptedException {
        Path output = Files.createTempFile("output", ".txt");
        try {
            Process process = builder.redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            process.getOutputStream().close();
            try {
                if (!process.waitFor(limit.toNanos(), NANOSECONDS)) {
                    throw new AssertionError(
                            builder.command() + " took longer than " + limit + ":\n" + Files.readString(output));
                }
                return new Result(process.exitValue(), Files.readString(output));
            } finally {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } finally {
            Files.delete(output);
        }
    }

    /** What a program left: its exit status, and what it wrote to standard output and standard error. */
    public record Result(int status, String output) {

        public static Result done(String output) {
            return new Result(0, output);
        }
    }
}
