package io.wgsd.backend.uapi;

import io.wgsd.model.DeviceChange;
import io.wgsd.model.Endpoint;
import io.wgsd.model.PublicKey;
import io.wgsd.model.SecretKey;
import io.wgsd.spi.PeerSource;
import io.wgsd.spi.PeerSourceOptions;
import io.wgsd.testkit.contract.PeerSourceFixture;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Devices of real wireguard-gos, all in one network of their own. */
final class WireGuardGoFixture implements PeerSourceFixture {

    private final Deque<WireGuardGo> started = new ArrayDeque<>();
    private final Map<String, WireGuardGo> devices = new HashMap<>();

    @Override
    public PeerSource open(PeerSourceOptions options) throws IOException {
        return new UapiPeerSourceProvider()
                .open(options.withSetting(
                        UapiPeerSourceProvider.DIRECTORY,
                        started.getFirst().directory().toString()));
    }

    @Override
    public String createDevice() throws IOException, InterruptedException {
        String name = "wgc" + started.size();
        WireGuardGo made =
                started.isEmpty() ? WireGuardGo.start(name) : started.getFirst().alongside(name);
        started.addLast(made);
        devices.put(name, made);
        started.getFirst().run("ip", "link", "set", name, "up");
        return name;
    }

    @Override
    public void removeDevice(String device) throws IOException, InterruptedException {
        devices.get(device).terminate();
    }

    @Override
    public Optional<Hang> hang(String device) throws IOException, InterruptedException {
        WireGuardGo process = devices.get(device);
        process.pause();
        return Optional.of(process::resume);
    }

    @Override
    public Optional<PublicKey> addPeerWithHandshake(String device) throws IOException, InterruptedException {
        String other = createDevice();
        try (SecretKey mine = SecretKey.generatePrivate();
                SecretKey theirs = SecretKey.generatePrivate();
                PeerSource source = open(PeerSourceOptions.defaults())) {
            source.apply(
                    other,
                    DeviceChange.builder()
                            .privateKey(theirs)
                            .listenPort(51900)
                            .peer(mine.publicKey())
                            .build());
            source.apply(
                    device,
                    DeviceChange.builder()
                            .privateKey(mine)
                            .peer(theirs.publicKey())
                            .endpoint(Endpoint.parse("127.0.0.1:51900"))
                            .persistentKeepalive(Duration.ofSeconds(25))
                            .build());
            awaitHandshake(source, device, theirs.publicKey());
            return Optional.of(theirs.publicKey());
        }
    }

    @Override
    public boolean keepsEndpointScopes() {
        return WireGuardGo.version().compareTo("0.0.20221101") >= 0;
    }

    @Override
    public void close() throws IOException {
        try {
            // The first one's directory holds all sockets.
            while (!started.isEmpty()) {
                started.removeLast().close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void awaitHandshake(PeerSource source, String device, PublicKey peer) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (source.read(device)
                .peer(peer)
                .orElseThrow()
                .statistics()
                .latestHandshake()
                .isEmpty()) {
            if (System.nanoTime() - deadline > 0) {
                throw new IOException("no handshake in 20 s");
            }
        }
    }
}
