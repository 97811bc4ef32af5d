package io.wgsd.testkit.contract;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A real wireguard-go in a network of its own, for tests of real WireGuard that leave the machine's own networks alone.
 *
 * <p>It takes Linux, root, and the programs wireguard-go, unshare, nsenter and ip; where one is missing, {@link Lab}
 * decides whether the test is skipped. Its socket is in a directory of the test's, so that a {@code PeerSource} outside
 * of its network can use it; what it prints is beside the socket, in {@code DEVICE.log}. Not thread-safe.
 */
public final class WireGuardGo implements AutoCloseable {

    private static final Path TUN = Path.of("/dev/net/tun");
    private static final Duration LIMIT = Duration.ofSeconds(10);

    // The directory of its sockets is built into wireguard-go.
    private static final String START =
            "mount -t tmpfs tmpfs /run && mkdir /run/wireguard && mount --bind \"$1\" /run/wireguard"
                    + " && ip link set lo up && exec \"$2\" -f \"$3\"";

    private final Path directory;
    private final String device;
    private final Process process;

    private WireGuardGo(Path directory, String device, List<String> command) throws IOException {
        this.directory = directory;
        this.device = device;
        Path log = directory.resolve(device + ".log");
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Await.becomesTrue(LIMIT, () -> listens() || !process.isAlive());
        if (!listens()) {
            process.destroyForcibly();
            throw new IOException("wireguard-go does not start: " + Files.readString(log));
        }
    }

    /**
     * Starts one, and waits until its socket is ready.
     *
     * @param directory an empty directory for its socket and its log, which the caller removes
     * @param device the name of its interface
     * @return the running program
     * @throws IOException if it does not start within 10 seconds; the message has its log
     */
    public static WireGuardGo start(Path directory, String device) throws IOException {
        String program = require("wireguard-go", "wireguard-go");
        String unshare = require("unshare", "util-linux");
        require("nsenter", "util-linux");
        require("ip", "iproute2");
        Lab.require("root".equals(System.getProperty("user.name")), "only root may create network namespaces");
        Lab.require(Files.isWritable(TUN), "there is no " + TUN + " that can be written");
        return new WireGuardGo(
                directory,
                device,
                List.of(unshare, "--net", "--mount", "sh", "-c", START, "sh", directory.toString(), program, device));
    }

    /**
     * Starts another one in the same network, with its socket in the same directory.
     *
     * @param other the name of its interface
     * @return the other running program, to be closed on its own
     * @throws IOException if it does not start within 10 seconds; the message has its log
     */
    public WireGuardGo alongside(String other) throws IOException {
        return new WireGuardGo(directory, other, inside(require("wireguard-go", "wireguard-go"), "-f", other));
    }

    /**
     * Returns the command that runs a program in this network, where the socket is in its usual place.
     *
     * @param command a program and its arguments
     * @return the whole command, for a {@link ProcessBuilder}
     */
    public List<String> inside(String... command) {
        List<String> all = new ArrayList<>(
                List.of(require("nsenter", "util-linux"), "-t", Long.toString(process.pid()), "-n", "-m", "--"));
        all.addAll(List.of(command));
        return all;
    }

    /**
     * Runs a program in this network to its end.
     *
     * @param command a program and its arguments
     * @throws IOException if it cannot be run, or ends with another status than 0
     * @throws InterruptedException if the caller is interrupted
     */
    public void run(String... command) throws IOException, InterruptedException {
        Process run = new ProcessBuilder(inside(command)).inheritIO().start();
        int status = run.waitFor();
        if (status != 0) {
            throw new IOException(String.join(" ", command) + " ended with status " + status);
        }
    }

    /**
     * Returns the directory of its socket.
     *
     * @return the directory that it was started with
     */
    public Path directory() {
        return directory;
    }

    /**
     * Returns its socket, on which it speaks WireGuard's cross-platform userspace protocol.
     *
     * @return {@code DEVICE.sock} in its directory
     */
    public Path socket() {
        return directory.resolve(device + ".sock");
    }

    /**
     * Returns the version of the program that is installed.
     *
     * @return as in {@code 0.0.20220316}
     * @throws UncheckedIOException if it cannot be run
     */
    public static String version() {
        try {
            Process run = new ProcessBuilder(require("wireguard-go", "wireguard-go"), "--version").start();
            String text = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return text.replaceAll("(?s)^wireguard-go v?([0-9.]+).*", "$1");
        } catch (IOException e) {
            throw new UncheckedIOException("wireguard-go does not tell its version", e);
        }
    }

    /**
     * Pauses it: it accepts connections, and answers nobody until it is resumed.
     *
     * @throws IOException if the signal cannot be sent
     * @throws InterruptedException if the caller is interrupted
     */
    public void pause() throws IOException, InterruptedException {
        signal("-STOP");
        // The signal reaches each of its threads a moment later, and until then one of them may still answer.
        Await.until("all threads of wireguard-go to stop", LIMIT, this::isPaused);
    }

    /**
     * Resumes it after a pause.
     *
     * @throws IOException if the signal cannot be sent
     */
    public void resume() throws IOException {
        try {
            signal("-CONT");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Kills it, so that its socket stays behind.
     *
     * @throws InterruptedException if the caller is interrupted
     */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /**
     * Ends it, and waits until it has removed its interface and its socket. If the caller is interrupted, it is killed
     * at once.
     */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                kill();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** The socket is there a moment before it is ready. */
    private boolean listens() {
        try (SocketChannel connection = SocketChannel.open(UnixDomainSocketAddress.of(socket()))) {
            return connection.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private boolean isPaused() throws IOException {
        try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(process.pid()), "task"))) {
            for (Path thread : threads.toList()) {
                String stat = Files.readString(thread.resolve("stat"));
                if (stat.charAt(stat.lastIndexOf(')') + 2) != 'T') {
                    return false;
                }
            }
        }
        return true;
    }

    private void signal(String which) throws IOException, InterruptedException {
        new ProcessBuilder("kill", which, Long.toString(process.pid())).start().waitFor();
    }

    private static String require(String program, String debianPackage) {
        // Users other than root have no sbin in their PATH, though they may run what is there.
        String path = System.getenv().getOrDefault("PATH", "") + File.pathSeparator + "/usr/sbin:/sbin";
        Optional<Path> found = Stream.of(path.split(File.pathSeparator))
                .map(directory -> Path.of(directory, program))
                .filter(Files::isExecutable)
                .findFirst();
        Lab.require(found.isPresent(), "there is no " + program + " here: install Debian's " + debianPackage);
        return found.orElseThrow().toString();
    }
}
