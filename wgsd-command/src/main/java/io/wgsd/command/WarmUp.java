package io.wgsd.command;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.wgsd.command.host.StatusSocket;
import io.wgsd.command.options.BackendOption;
import io.wgsd.spi.PeerSourceOptions;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine;

/**
 * Does once what the commands do, with a pretended device, so that the Java runtime records which classes they need.
 * The launcher archives these for faster starts (class data sharing). Nothing outside a temporary folder is touched.
 */
final class WarmUp {

    private static final String DEVICE = "warm-up";
    private static final String ZONE = "wg.example.com";
    private static final int PEERS = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int FIRST_PORT = 1024;
    private static final int PORTS = 64512;

    private final ServerSocketChannel device;
    private final PeerSourceOptions backends;
    private int readings;

    private WarmUp(ServerSocketChannel device, Path folder) {
        this.device = device;
        backends = PeerSourceOptions.defaults().withSetting("uapi.directory", folder.toString());
    }

    /**
     * Runs the commands, and exits with 1 if one did not work.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("wgsd");
        Path socket = folder.resolve(DEVICE + ".sock");
        Path statusFolder = Files.createDirectory(folder.resolve("status"));
        int status;
        try (ServerSocketChannel device = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            device.bind(UnixDomainSocketAddress.of(socket));
            WarmUp warmUp = new WarmUp(device, folder);
            inBackground(warmUp::serve);
            status = warmUp.registryAndClients(statusFolder);
        } finally {
            Files.deleteIfExists(socket);
            Files.deleteIfExists(statusFolder.resolve("registry:" + DEVICE + StatusSocket.ENDING));
            Files.delete(statusFolder);
            Files.delete(folder);
        }
        System.exit(status);
    }

    private int registryAndClients(Path statusFolder) throws IOException {
        String address = "127.0.0.1:" + freePort();
        inBackground(() -> run(
                "registry",
                "--zone",
                ZONE,
                "--device",
                DEVICE,
                "--listen",
                address,
                "--status-dir",
                statusFolder.toString()));
        long start = System.nanoTime();
        // A registry answers with an error until it has read its device.
        while (run("browse", "--zone", ZONE, "--dns", address, "--timeout", "1") != 0) {
            if (System.nanoTime() - start > PATIENCE.toNanos()) {
                return 1;
            }
        }
        run("--version");
        run("show", DEVICE);
        run("status", "--status-dir", statusFolder.toString());
        return run("client", "--device", DEVICE, "--zone", ZONE, "--dns", address);
    }

    private static void inBackground(Runnable task) {
        Thread thread = new Thread(task, "warm-up");
        thread.setDaemon(true);
        thread.start();
    }

    private int run(String... arguments) {
        CommandLine command = Main.command(arguments);
        for (CommandLine each : command.getSubcommands().values()) {
            each.getCommandSpec().mixins().values().forEach(mixin -> {
                if (mixin.userObject() instanceof BackendOption option) {
                    option.setOptions(backends);
                }
            });
        }
        return command.execute(arguments);
    }

    private static int freePort() throws IOException {
        try (DatagramSocket any = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return any.getLocalPort();
        }
    }

    private void serve() {
        ByteBuffer request = ByteBuffer.allocate(4096);
        while (device.isOpen()) {
            try (SocketChannel client = device.accept()) {
                client.read(request.clear());
                boolean get = new String(request.array(), 0, request.position(), US_ASCII).startsWith("get=");
                client.write(ByteBuffer.wrap((get ? reading() : "errno=0\n\n").getBytes(US_ASCII)));
            } catch (IOException e) {
                // The next one, or the end.
            }
        }
    }

    /**
     * Returns what wireguard-go would answer for some peers that never had a handshake, so that no session has to be
     * waited for, and whose endpoints changed since the last reading, so that there is something to set.
     */
    private String reading() {
        int port = FIRST_PORT + readings++ % PORTS;
        StringBuilder text = new StringBuilder("private_key=" + "40".repeat(32) + "\nlisten_port=51820\n");
        for (int peer = 1; peer <= PEERS; peer++) {
            text.append("public_key=")
                    .append(("0" + peer).repeat(32))
                    .append("\npreshared_key=")
                    .append("00".repeat(32))
                    .append("\nprotocol_version=1\nendpoint=198.51.100.")
                    .append(peer)
                    .append(':')
                    .append(port)
                    .append("\nlast_handshake_time_sec=0\nlast_handshake_time_nsec=0\ntx_bytes=1\nrx_bytes=1\n")
                    .append("persistent_keepalive_interval=25\nallowed_ip=10.0.0.")
                    .append(peer)
                    .append("/32\n");
        }
        return text.append("errno=0\n\n").toString();
    }
}
