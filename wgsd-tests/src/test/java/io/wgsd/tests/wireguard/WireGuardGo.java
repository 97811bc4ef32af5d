package io.wgsd.tests.wireguard;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import io.wgsd.testkit.contract.Lab;
import io.wgsd.tests.process.Program;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A real wireguard-go in a network of its own, whose socket is in a directory of the test's. */
public final class WireGuardGo implements AutoCloseable {

    private static final Path TUN = Path.of("/dev/net/tun");
    private static final Duration LIMIT = Duration.ofSeconds(10);

    // The directory of its sockets is built into it.
    private static final String START =
            "mount -t tmpfs tmpfs /run && mkdir /run/wireguard && mount --bind \"$1\" /run/wireguard"
                    + " && ip link set lo up && exec \"$2\" -f \"$3\"";

    private final Path directory;
    private final String program;
    private final String device;
    private final Process process;

    private WireGuardGo(Path directory, String program, String device, List<String> command)
            throws IOException, InterruptedException {
        this.directory = directory;
        this.program = program;
        this.device = device;
        Path log = directory.resolve(device + ".log");
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        long start = System.nanoTime();
        while (!listens(socket())) {
            if (process.waitFor(10, MILLISECONDS) || System.nanoTime() - start > LIMIT.toNanos()) {
                process.destroyForcibly();
                throw new AssertionError("wireguard-go did not start: " + Files.readString(log));
            }
        }
    }

    /** Starts one and waits until it listens; where the machine cannot, the test is skipped. */
    public static WireGuardGo start(Path directory, String device) throws IOException, InterruptedException {
        String program = Program.require("wireguard-go", "wireguard-go");
        String unshare = Program.require("unshare", "util-linux");
        Program.require("ip", "iproute2");
        Lab.require("root".equals(System.getProperty("user.name")), "only root may create network namespaces");
        Lab.require(Files.isWritable(TUN), "there is no " + TUN + " to be written here");
        return new WireGuardGo(
                directory,
                program,
                device,
                List.of(unshare, "--net", "--mount", "sh", "-c", START, "sh", directory.toString(), program, device));
    }

    /** Starts another beside this one, in the same network. */
    public WireGuardGo alongside(String other) throws IOException, InterruptedException {
        return new WireGuardGo(directory, program, other, inside(program, "-f", other));
    }

    /** Returns the command that runs a program in this one's network, where its socket is in its usual place. */
    public List<String> inside(String... command) {
        List<String> all = new ArrayList<>(List.of(
                Program.require("nsenter", "util-linux"), "-t", Long.toString(process.pid()), "-n", "-m", "--"));
        all.addAll(List.of(command));
        return all;
    }

    /** Returns where its socket is. */
    public Path socket() {
        return directory.resolve(device + ".sock");
    }

    /** Returns the program's version, as in {@code 0.0.20220316}. */
    public static String version() throws IOException, InterruptedException {
        ProcessBuilder asking = new ProcessBuilder(Program.require("wireguard-go", "wireguard-go"), "--version");
        return Program.run(LIMIT, asking).output().replaceAll("(?s)^wireguard-go v?([0-9.]+).*", "$1");
    }

    /** Has it stand still until it is resumed: it accepts, and answers nobody. */
    public void pause() throws IOException, InterruptedException {
        signal("-STOP");
        // The signal takes each of its threads a moment later, and until then one of them may still answer.
        long start = System.nanoTime();
        while (!standsStill()) {
            if (process.waitFor(1, MILLISECONDS) || System.nanoTime() - start > LIMIT.toNanos()) {
                throw new AssertionError("wireguard-go did not stop");
            }
        }
    }

    public void resume() throws IOException {
        try {
            signal("-CONT");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Configures a device, in the words of WireGuard's cross-platform userspace protocol. */
    public static void set(Path socket, String configuration) throws IOException {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            Channels.newOutputStream(channel).write(("set=1\n" + configuration + "\n").getBytes(US_ASCII));
            channel.shutdownOutput();
            String answer = new String(Channels.newInputStream(channel).readAllBytes(), US_ASCII);
            if (!answer.equals("errno=0\n\n")) {
                throw new IOException("wireguard-go answered " + answer);
            }
        }
    }

    /** Ends it, and waits until it is gone. */
    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(5, SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }

    /** Tells whether it listens, which it does a moment after it has made the socket. */
    private static boolean listens(Path socket) {
        try (SocketChannel connection = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            return connection.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private boolean standsStill() throws IOException {
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
        Program.run(LIMIT, new ProcessBuilder("kill", which, Long.toString(process.pid())));
    }
}
