package io.wgsd.tests.kernel;

import io.wgsd.model.DeviceChange;
import io.wgsd.model.Endpoint;
import io.wgsd.model.PublicKey;
import io.wgsd.model.SecretKey;
import io.wgsd.spi.PeerSource;
import io.wgsd.spi.PeerSourceOptions;
import io.wgsd.testkit.contract.PeerSourceFixture;
import io.wgsd.tests.process.Program;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** WireGuard devices of the kernel that runs this, made and removed by {@code ip}. */
abstract class KernelDevices implements PeerSourceFixture {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final int PORT = 51900;

    private final Deque<String> devices = new ArrayDeque<>();

    @Override
    public String createDevice() throws IOException, InterruptedException {
        String name = "wgk" + devices.size();
        ip("link", "add", name, "type", "wireguard");
        devices.push(name);
        ip("link", "set", name, "up");
        return name;
    }

    @Override
    public void removeDevice(String device) throws IOException, InterruptedException {
        ip("link", "del", device);
        devices.remove(device);
    }

    @Override
    public Optional<PublicKey> addPeerWithHandshake(String device) throws Exception {
        String other = createDevice();
        try (SecretKey mine = SecretKey.generatePrivate();
                SecretKey theirs = SecretKey.generatePrivate();
                PeerSource source = open(PeerSourceOptions.defaults())) {
            source.apply(
                    other,
                    DeviceChange.builder()
                            .privateKey(theirs)
                            .listenPort(PORT)
                            .peer(mine.publicKey())
                            .build());
            source.apply(
                    device,
                    DeviceChange.builder()
                            .privateKey(mine)
                            .peer(theirs.publicKey())
                            .endpoint(Endpoint.parse("127.0.0.1:" + PORT))
                            .persistentKeepalive(Duration.ofSeconds(25))
                            .build());
            awaitHandshake(source, device, theirs.publicKey());
            return Optional.of(theirs.publicKey());
        }
    }

    @Override
    public void close() throws IOException {
        try {
            while (!devices.isEmpty()) {
                ip("link", "del", devices.pop());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void awaitHandshake(PeerSource source, String device, PublicKey peer) throws IOException {
        long begin = System.nanoTime();
        while (source.read(device)
                .peer(peer)
                .orElseThrow()
                .statistics()
                .latestHandshake()
                .isEmpty()) {
            if (System.nanoTime() - begin > LIMIT.toNanos()) {
                throw new IOException("no handshake in " + LIMIT);
            }
        }
    }

    private static void ip(String... arguments) throws IOException, InterruptedException {
        ProcessBuilder ip = new ProcessBuilder(Program.require("ip", "iproute2"));
        ip.command().addAll(List.of(arguments));
        Program.Result result = Program.run(LIMIT, ip);
        if (result.status() != 0) {
            throw new IOException(ip.command() + ": " + result.output());
        }
    }
}
