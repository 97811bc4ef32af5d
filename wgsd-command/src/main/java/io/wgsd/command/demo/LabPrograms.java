package io.wgsd.command.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Programs that run in one lab and end with it. */
final class LabPrograms {

    private static final long GRACE_SECONDS = 3;

    private final String lab;
    private final List<Running> running = new ArrayList<>();
    private boolean ended;

    LabPrograms(String lab) {
        this.lab = lab;
    }

    /**
     * How a program ended.
     *
     * @param status its exit status; -1 if it took too long and was ended
     * @param output what it printed, errors included
     */
    record Result(int status, String output) {}

    Result run(int seconds, String... command) throws IOException, InterruptedException {
        Running program = start(command);
        int status = program.await(seconds) ? program.process.exitValue() : -1;
        program.end();
        return new Result(status, program.output());
    }

    synchronized Running start(String... command) throws IOException {
        if (ended) {
            throw new IOException("interrupted");
        }
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("NAT_LAB", lab);
        Running program = new Running(builder.start());
        running.add(program);
        return program;
    }

    /** Ends the programs that still run, and takes the lab down; a second call does nothing. */
    void endAll(String down) {
        List<Running> left;
        synchronized (this) {
            if (ended) {
                return;
            }
            ended = true;
            left = List.copyOf(running);
        }
        left.forEach(Running::end);
        try {
            ProcessBuilder builder = new ProcessBuilder("sh", "-c", down)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD);
            builder.environment().put("NAT_LAB", lab);
            Process process = builder.start();
            process.getOutputStream().close();
            process.waitFor(GRACE_SECONDS * 5, TimeUnit.SECONDS);
        } catch (IOException e) {
            System.err.println("wgsd: the lab could not be taken down: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A program whose output is collected while it runs. */
    static final class Running {

        private final Process process;
        private final Thread reader;
        private final List<String> lines = new ArrayList<>();
        private boolean closed;

        private Running(Process process) throws IOException {
            this.process = process;
            process.getOutputStream().close();
            reader = new Thread(this::read, "wgsd-demo-output");
            reader.setDaemon(true);
            reader.start();
        }

        String output() {
            synchronized (lines) {
                return String.join("\n", lines);
            }
        }

        List<String> lines() {
            synchronized (lines) {
                return List.copyOf(lines);
            }
        }

        boolean awaitLine(Predicate<String> wanted, long time, TimeUnit unit) throws InterruptedException {
            long deadline = System.nanoTime() + unit.toNanos(time);
            synchronized (lines) {
                while (lines.stream().noneMatch(wanted)) {
                    long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                    if (left <= 0 || closed) {
                        return false;
                    }
                    lines.wait(left);
                }
                return true;
            }
        }

        boolean await(int seconds) throws InterruptedException {
            boolean ended = process.waitFor(seconds, TimeUnit.SECONDS);
            if (ended) {
                reader.join(TimeUnit.SECONDS.toMillis(GRACE_SECONDS));
            }
            return ended;
        }

        void end() {
            process.destroy();
            try {
                if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException e) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }

        private void read() {
            try (BufferedReader output =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                for (String line = output.readLine(); line != null; line = output.readLine()) {
                    synchronized (lines) {
                        lines.add(line);
                        lines.notifyAll();
                    }
                }
            } catch (IOException e) {
                // The program was ended; its output up to then is kept.
            } finally {
                synchronized (lines) {
                    closed = true;
                    lines.notifyAll();
                }
            }
        }
    }
}
