package io.wgsd.backend.cli;

import io.wgsd.spi.Operation;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Child processes of this one, without a thread of their own: the thread that needs the output reads what is there, and
 * between that waits for a moment.
 *
 * <p>They get an environment of nothing but what makes {@code wg} say the same everywhere and ask no resolver.
 */
final class ChildProcesses implements Programs {

    /** A million peers with ten allowed IPs each take less. */
    private static final int MOST_OUTPUT = 512 * 1024 * 1024;

    private static final int MOST_ERRORS = 64 * 1024;
    /** A pipe holds more (PIPE_BUF), so that writing a key never waits for a process that does not read. */
    private static final int MOST_IN_PIPE = 4096;

    private static final int MOMENT_MILLIS = 1;
    private static final int LONGEST_END_MILLIS = 1000;
    private static final File NOTHING = new File(File.separatorChar == '/' ? "/dev/null" : "NUL");

    @Override
    public Output run(List<String> command, byte @Nullable [] input, Operation operation) throws IOException {
        operation.check();
        if (input == null) {
            return run(command, NOTHING, null, operation);
        }
        if (input.length <= MOST_IN_PIPE) {
            return run(command, null, input, operation);
        }
        Path file = Files.createTempFile("wg", ".conf");
        try {
            Files.write(file, input);
            return run(command, file.toFile(), null, operation);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static Output run(
            List<String> command, @Nullable File inputFile, byte @Nullable [] input, Operation operation)
            throws IOException {
        Process process = start(command, inputFile);
        WipedBytes out = new WipedBytes(MOST_OUTPUT);
        boolean done = false;
        try (WipedBytes err = new WipedBytes(MOST_ERRORS)) {
            if (input != null) {
                write(process, input);
            }
            boolean ended = false;
            while (!ended) {
                ended = process.waitFor(MOMENT_MILLIS, TimeUnit.MILLISECONDS);
                out.takeAvailable(process.getInputStream());
                err.takeAvailable(process.getErrorStream());
                if (!ended) {
                    operation.check();
                }
            }
            done = true;
            String errors = new String(err.bytes(), 0, err.length(), StandardCharsets.UTF_8);
            return new Output(process.exitValue(), out, errors.strip());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            operation.check();
            throw new IllegalStateException("an interrupted operation continued", e);
        } finally {
            if (!done) {
                out.close();
                end(process);
            }
            close(process);
        }
    }

    private static Process start(List<String> command, @Nullable File input) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().clear();
        // wg knows no other language, but what is called in its place may.
        builder.environment().put("LC_ALL", "C");
        builder.environment().put("WG_COLOR_MODE", "never");
        // wg would ask the resolver for minutes; endpoints are numeric here, so it never has to.
        builder.environment().put("WG_ENDPOINT_RESOLUTION_RETRIES", "0");
        builder.environment().put("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
        if (input != null) {
            builder.redirectInput(input);
        }
        return builder.start();
    }

    private static void write(Process process, byte[] input) {
        try (OutputStream in = process.getOutputStream()) {
            in.write(input);
        } catch (IOException e) {
            // It ended without reading; what it printed says why.
        }
    }

    /** Ends a process and all that it started, and waits until nothing is left of them. */
    private static void end(Process process) {
        List<ProcessHandle> started = process.descendants().toList();
        started.forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        boolean interrupted = Thread.interrupted();
        // Where the kernel holds one, the runtime reaps it when the kernel lets it go.
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LONGEST_END_MILLIS);
        while ((process.isAlive() || started.stream().anyMatch(ProcessHandle::isAlive))
                && System.nanoTime() - deadline < 0) {
            try {
                TimeUnit.MILLISECONDS.sleep(MOMENT_MILLIS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void close(Process process) {
        try {
            process.getOutputStream().close();
            process.getInputStream().close();
            process.getErrorStream().close();
        } catch (IOException e) {
            // It has ended, and its streams have too.
        }
    }
}
