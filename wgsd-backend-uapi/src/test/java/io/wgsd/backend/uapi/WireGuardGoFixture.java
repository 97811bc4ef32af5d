package io.wgsd.backend.uapi;

import io.wgsd.spi.PeerSource;
import io.wgsd.spi.PeerSourceOptions;
import io.wgsd.testkit.contract.PeerSourceFixture;
import io.wgsd.testkit.contract.WireGuardGo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Devices of real wireguard-gos, all in one network of their own. */
final class WireGuardGoFixture implements PeerSourceFixture {

    private final String transport;
    private final Deque<WireGuardGo> started = new ArrayDeque<>();
    private final Map<String, WireGuardGo> devices = new HashMap<>();

    WireGuardGoFixture() {
        this(UapiPeerSourceProvider.JDK);
    }

    WireGuardGoFixture(String transport) {
        this.transport = transport;
    }

    @Override
    public PeerSource open(PeerSourceOptions options) throws IOException {
        return new UapiPeerSourceProvider()
                .open(options.withSetting(UapiPeerSourceProvider.TRANSPORT, transport)
                        .withSetting(
                                UapiPeerSourceProvider.DIRECTORY,
                                started.getFirst().directory().toString()));
    }

    @Override
    public String createDevice() throws IOException, InterruptedException {
        String name = "wgc" + started.size();
        WireGuardGo made = started.isEmpty()
                ? WireGuardGo.start(Files.createTempDirectory("wg"), name)
                : started.getFirst().alongside(name);
        started.addLast(made);
        devices.put(name, made);
        started.getFirst().run("ip", "link", "set", name, "up");
        return name;
    }

    @Override
    public void removeDevice(String device) throws IOException, InterruptedException {
        devices.get(device).close();
    }

    @Override
    public Optional<Hang> hang(String device) throws IOException, InterruptedException {
        WireGuardGo process = devices.get(device);
        process.pause();
        return Optional.of(process::resume);
    }

    @Override
    public Optional<PeerSource> openWithoutPermission(String device, PeerSourceOptions options) throws IOException {
        return Optional.of(new PowerlessSource(open(options)));
    }

    @Override
    public boolean keepsEndpointScopes() {
        return WireGuardGo.version().compareTo("0.0.20221101") >= 0;
    }

    @Override
    public void close() throws IOException {
        while (!started.isEmpty()) {
            WireGuardGo last = started.removeLast();
            last.close();
            if (started.isEmpty()) {
                remove(last.directory());
            }
        }
    }

    private static void remove(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }
}
