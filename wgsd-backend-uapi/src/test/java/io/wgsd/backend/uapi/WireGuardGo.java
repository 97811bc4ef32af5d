package io.wgsd.backend.uapi;

import io.wgsd.testkit.contract.Lab;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A real wireguard-go in a network of its own, whose socket is in a directory of its own. */
final class WireGuardGo implements AutoCloseable {

    private static final Path PROGRAM = Path.of("/usr/bin/wireguard-go");
    private static final String START = """
            set -e
            mount -t tmpfs tmpfs /run
            mkdir -p /run/wireguard
            mount --bind "$1" /run/wireguard
            ip link set lo up
            exec "$2" -f "$3"
            """;

    private final Path directory;
    private final boolean ownsDirectory;
    private final String device;
    private final Process process;

    private WireGuardGo(Path directory, boolean ownsDirectory, String device, List<String> command) throws IOException {
        this.directory = directory;
        this.ownsDirectory = ownsDirectory;
        this.device = device;
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve(device + ".log").toFile())
                .start();
        Path socket = directory.resolve(device + ".sock");
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!isAnswered(socket)) {
            if (!process.isAlive() || System.nanoTime() - deadline > 0) {
                process.destroyForcibly();
                throw new IOException(
                        "wireguard-go does not start: " + Files.readString(directory.resolve(device + ".log")));
            }
            Thread.onSpinWait();
        }
    }

    /** Tells whether it listens, which it does a moment after it has made the socket. */
    private static boolean isAnswered(Path socket) {
        try (SocketChannel connection = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            return connection.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** Starts one with a network of its own; the test is skipped where that cannot be. */
    static WireGuardGo start(String device) throws IOException {
        Lab.require(Files.isExecutable(PROGRAM), "there is no " + PROGRAM + "; apt-get install wireguard-go");
        Lab.require(mayUnshare(), "making network and mount namespaces (unshare -n -m) takes root");
        Lab.require(Files.isWritable(Path.of("/dev/net/tun")), "there is no /dev/net/tun to be written");
        Path directory = Files.createTempDirectory("wg");
        return new WireGuardGo(
                directory,
                true,
                device,
                List.of(
                        "unshare",
                        "-n",
                        "-m",
                        "sh",
                        "-c",
                        START,
                        "sh",
                        directory.toString(),
                        PROGRAM.toString(),
                        device));
    }

    /** Starts another beside this one, in the same network. */
    WireGuardGo alongside(String device) throws IOException {
        return new WireGuardGo(directory, false, device, inside(PROGRAM.toString(), "-f", device));
    }

    /** Runs a program in this one's network to its end. */
    void run(String... command) throws IOException, InterruptedException {
        Process run = new ProcessBuilder(inside(command)).inheritIO().start();
        if (run.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + " failed");
        }
    }

    Path directory() {
        return directory;
    }

    /** Ends it, and waits until its socket has gone with it. */
    void terminate() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(5, TimeUnit.SECONDS)) {
            kill();
        }
    }

    /** Has it stand still until it is resumed: it accepts, and answers nobody. */
    void pause() throws IOException, InterruptedException {
        signal("-STOP");
        // The signal takes each of its threads a moment later, and until then one of them may still answer.
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!standsStill()) {
            if (process.waitFor(1, TimeUnit.MILLISECONDS) || System.nanoTime() > deadline) {
                throw new AssertionError("wireguard-go did not stop");
            }
        }
    }

    private boolean standsStill() throws IOException {
        Path threads = Path.of("/proc", Long.toString(process.pid()), "task");
        try (Stream<Path> all = Files.list(threads)) {
            for (Path thread : all.toList()) {
                String stat = Files.readString(thread.resolve("stat"));
                if (stat.charAt(stat.lastIndexOf(')') + 2) != 'T') {
                    return false;
                }
            }
        }
        return true;
    }

    void resume() throws IOException {
        try {
            signal("-CONT");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns the program's version, as in {@code 0.0.20220316}. */
    static String version() {
        try {
            Process run = new ProcessBuilder(PROGRAM.toString(), "--version").start();
            String text = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return text.replaceAll("(?s)^wireguard-go v?([0-9.]+).*", "$1");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends it without giving it time to remove its socket. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        terminate();
        Files.deleteIfExists(directory.resolve(device + ".sock"));
        Files.deleteIfExists(directory.resolve(device + ".log"));
        if (ownsDirectory) {
            Files.deleteIfExists(directory);
        }
    }

    private static boolean mayUnshare() throws IOException {
        try {
            return new ProcessBuilder("unshare", "-n", "-m", "true").start().waitFor() == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void signal(String which) throws IOException, InterruptedException {
        new ProcessBuilder("kill", which, Long.toString(process.pid())).start().waitFor();
    }

    private List<String> inside(String... command) {
        List<String> all = new ArrayList<>(List.of("nsenter", "-t", Long.toString(process.pid()), "-n", "-m", "--"));
        all.addAll(List.of(command));
        return all;
    }
}
