package io.wgsd.tests.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A program that runs until it is ended, and whose output is kept in a file. */
public final class Background implements AutoCloseable {

    private static final long LIMIT_SECONDS = 60;

    private final Process process;
    private final Path output;

    private Background(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** Starts a program. */
    public static Background start(ProcessBuilder builder) throws IOException {
        Path output = Files.createTempFile("background", ".txt");
        Process process = builder.redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        return new Background(process, output);
    }

    /** Returns the process's number. */
    public long pid() {
        return process.pid();
    }

    /** Returns what it has written so far, to standard output and standard error. */
    public String output() throws IOException {
        return Files.readString(output);
    }

    /** Waits until it has written some words. */
    public void awaitLine(String words) throws IOException, InterruptedException {
        awaitLine(words, Duration.ofSeconds(LIMIT_SECONDS));
    }

    /** Waits until it has written some words, for so long at most. */
    public void awaitLine(String words, Duration limit) throws IOException, InterruptedException {
        await(words, 1, limit);
    }

    /** Waits until it has written some words that often. */
    public void awaitLines(String words, int times) throws IOException, InterruptedException {
        await(words, times, Duration.ofSeconds(LIMIT_SECONDS));
    }

    private void await(String words, int times, Duration limit) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (output().split(Pattern.quote(words), -1).length <= times) {
            if (System.nanoTime() > deadline || process.waitFor(20, TimeUnit.MILLISECONDS)) {
                throw new AssertionError("\"" + words + "\" was awaited, but there was only:\n" + output());
            }
        }
    }

    /** Sends a signal, as in {@code HUP}. */
    public void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    /** Sends SIGTERM and returns the exit status. */
    public int terminate() throws InterruptedException {
        process.destroy();
        return awaitEnd();
    }

    /** Sends SIGKILL and waits until it is gone. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        awaitEnd();
    }

    /** Closes its standard input and returns the exit status. */
    public int endInput() throws IOException, InterruptedException {
        closeInput();
        return awaitEnd();
    }

    /** Closes its standard input, and does not wait. */
    public void closeInput() throws IOException {
        process.getOutputStream().close();
    }

    /** Waits until it ends by itself, and returns the exit status. */
    public int awaitEnd() throws InterruptedException {
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("it did not end when it was told to");
        }
        return process.exitValue();
    }

    /** Ends it, and whatever it has started, by SIGKILL. */
    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
