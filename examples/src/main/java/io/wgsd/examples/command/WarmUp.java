package io.wgsd.examples.command;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.wgsd.discovery.DiscoveryAgent;
import io.wgsd.discovery.DiscoveryClient;
import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.spi.PeerSource;
import io.wgsd.spi.PeerSourceOptions;
import io.wgsd.spi.PeerSources;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;

/**
 * Does once what the commands do, on a device that there is not, so that the Java runtime learns which classes they need: the
 * launcher has it keep these for quicker starts (class data sharing). Nothing outside of a temporary folder is touched.
 */
final class WarmUp {

    private static final String DEVICE = "warm-up";
    private static final String ZONE = "example.com";

    /** A device with a peer, as wireguard-go tells of it. */
    private static final byte[] ANSWER = ("private_key=" + "40".repeat(32) + "\nlisten_port=51820\npublic_key="
                    + "0b".repeat(32) + "\npreshared_key=" + "00".repeat(32)
                    + "\nprotocol_version=1\nendpoint=198.51.100.1:51820\nlast_handshake_time_sec=1\n"
                    + "last_handshake_time_nsec=0\ntx_bytes=1\nrx_bytes=1\npersistent_keepalive_interval=25\n"
                    + "allowed_ip=10.0.0.1/32\nerrno=0\n\n")
            .getBytes(US_ASCII);

    private WarmUp() {}

    /**
     * Warms up, and exits.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("wgsd");
        Path socket = folder.resolve(DEVICE + ".sock");
        try (ServerSocketChannel device = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            device.bind(UnixDomainSocketAddress.of(socket));
            Thread server = new Thread(() -> serve(device), "warm-up");
            server.setDaemon(true);
            server.start();
            PeerSources.open(PeerSourceOptions.defaults()).close();
            try (PeerSource source = PeerSources.open(
                    "uapi", PeerSourceOptions.defaults().withSetting("uapi.directory", folder.toString()))) {
                registryAndClient(source);
            }
        } finally {
            Files.deleteIfExists(socket);
            Files.delete(folder);
        }
        System.exit(0);
    }

    private static void registryAndClient(PeerSource source) throws Exception {
        int port = freePort();
        String address = "127.0.0.1:" + port;
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        RegistryCommand command = new RegistryCommand();
        new CommandLine(command).parseArgs("--zone", ZONE, "--device", DEVICE, "--listen", address);
        new CommandLine(new ClientCommand()).parseArgs("--zone", ZONE, "--device", DEVICE, "--dns", address);
        CountDownLatch ready = new CountDownLatch(1);
        RunningRegistry registry = RunningRegistry.start(source, command.check(), nowhere, ready::countDown);
        try (DiscoveryClient client = DiscoveryClient.builder(
                        DnsSdNames.parse(ZONE).origin())
                .server(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                .build()) {
            ready.await();
            DiscoveryAgent.builder(source, DEVICE, client)
                    .allowInsecureDns()
                    .build()
                    .runOnce()
                    .outcomes()
                    .forEach(outcome -> nowhere.println(ClientCommand.text(outcome)));
            client.browse().forEach(nowhere::println);
        } finally {
            registry.close();
        }
    }

    private static int freePort() throws IOException {
        try (DatagramSocket any = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return any.getLocalPort();
        }
    }

    private static void serve(ServerSocketChannel device) {
        ByteBuffer request = ByteBuffer.allocate(4096);
        while (device.isOpen()) {
            try (SocketChannel client = device.accept()) {
                client.read(request.clear());
                client.write(ByteBuffer.wrap(
                        new String(request.array(), 0, request.position(), US_ASCII).startsWith("get=")
                                ? ANSWER
                                : "errno=0\n\n".getBytes(US_ASCII)));
            } catch (IOException e) {
                // The next one, or the end.
            }
        }
    }
}
