package io.wgsd.tests.command;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.testkit.contract.Lab;
import io.wgsd.tests.process.Background;
import io.wgsd.tests.process.Wgsd;
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
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A registry whose device takes too long to answer when it starts, as with very many peers on a busy host. */
class SlowDeviceTest {

    private static final Path FOLDER = Path.of("/var/run/wireguard");
    private static final String DEVICE = "wgsdslow0";
    private static final String ANSWER = "private_key=" + "40".repeat(32) + "\nlisten_port=51820\nerrno=0\n\n";

    private final Path socket = FOLDER.resolve(DEVICE + ".sock");
    private final Queue<SocketChannel> unanswered = new ConcurrentLinkedQueue<>();

    @BeforeEach
    void needsTheFolderOfSockets() throws IOException, InterruptedException {
        Wgsd.require();
        Lab.require(
                Files.isWritable(FOLDER) || Files.isWritable(Path.of("/var/run")),
                "only root may make sockets in " + FOLDER);
        Files.createDirectories(FOLDER);
        Files.deleteIfExists(socket);
    }

    @AfterEach
    void removeTheSocket() throws IOException {
        Files.deleteIfExists(socket);
        for (SocketChannel each : unanswered) {
            each.close();
        }
    }

    @Test
    void aReadingThatTakesTooLongIsTriedAgain() throws IOException, InterruptedException {
        try (ServerSocketChannel device = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            device.bind(UnixDomainSocketAddress.of(socket));
            Thread server = new Thread(() -> serve(device), "device");
            server.setDaemon(true);
            server.start();
            ProcessBuilder registry = new ProcessBuilder(Wgsd.command(
                    "registry", "--device", DEVICE, "--zone", "example.com", "--listen", "127.0.0.1:" + freePort()));

            try (Background running = Background.start(registry)) {
                running.awaitLine("took longer than 5000 ms");
                running.awaitLine("; trying again");
                running.awaitLine(" INFO ready");

                assertThat(running.terminate()).isZero();
            }
        }
    }

    /** Leaves the first question without an answer. */
    private void serve(ServerSocketChannel device) {
        ByteBuffer request = ByteBuffer.allocate(4096);
        try {
            while (true) {
                SocketChannel client = device.accept();
                if (client.read(request.clear()) > 0 && unanswered.isEmpty()) {
                    unanswered.add(client);
                } else {
                    answer(client);
                }
            }
        } catch (IOException e) {
            // The test is over.
        }
    }

    private static int freePort() throws IOException {
        try (DatagramSocket any = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return any.getLocalPort();
        }
    }

    private static void answer(SocketChannel client) {
        try (client) {
            client.write(ByteBuffer.wrap(ANSWER.getBytes(US_ASCII)));
        } catch (IOException e) {
            // A client that gave up asks again.
        }
    }
}
