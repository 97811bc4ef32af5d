package io.wgsd.tests.stranger;

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

/** A real wireguard-go in a network namespace of its own, whose socket is in a directory of the test's. */
final class WireGuardGo implements AutoCloseable {

    private static final Path TUN = Path.of("/dev/net/tun");

    // The directory of its sockets is built into it.
    private static final String START =
            "mount -t tmpfs tmpfs /run && mkdir /run/wireguard && mount --bind \"$1\" /run/wireguard && exec \"$2\" -f \"$3\"";

    private final Process process;

    private WireGuardGo(Process process) {
        this.process = process;
    }

    /** Starts one and waits for its socket; where the machine cannot, the test is skipped. */
    static WireGuardGo start(Path directory, String device) throws IOException, InterruptedException {
        String program = Program.require("wireguard-go", "wireguard-go");
        String unshare = Program.require("unshare", "util-linux");
        Lab.require("root".equals(System.getProperty("user.name")), "only root may create network namespaces");
        Lab.require(Files.isWritable(TUN), "there is no " + TUN + " to be written here");
        Path log = directory.resolve(device + ".log");
        Process process = new ProcessBuilder(
                        unshare, "--net", "--mount", "sh", "-c", START, "sh", directory.toString(), program, device)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        long start = System.nanoTime();
        while (!Files.exists(directory.resolve(device + ".sock"))) {
            if (process.waitFor(10, MILLISECONDS) || System.nanoTime() - start > SECONDS.toNanos(10)) {
                process.destroyForcibly();
                throw new AssertionError("wireguard-go did not start: " + Files.readString(log));
            }
        }
        return new WireGuardGo(process);
    }

    /** Configures a device, in the words of WireGuard's cross-platform userspace protocol. */
    static void set(Path socket, String configuration) throws IOException {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            Channels.newOutputStream(channel).write(("set=1\n" + configuration + "\n").getBytes(US_ASCII));
            channel.shutdownOutput();
            String answer = new String(Channels.newInputStream(channel).readAllBytes(), US_ASCII);
            if (!answer.equals("errno=0\n\n")) {
                throw new IOException("wireguard-go answered " + answer);
            }
        }
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(5, SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }
}
