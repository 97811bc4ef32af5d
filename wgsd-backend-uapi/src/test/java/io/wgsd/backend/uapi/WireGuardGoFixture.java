package io.wgsd.backend.uapi;

import io.wgsd.spi.PeerSource;
import io.wgsd.spi.PeerSourceOptions;
import io.wgsd.testkit.contract.PeerSourceFixture;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

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
    public Optional<PeerSource> openWithoutPermission(String device, PeerSourceOptions options) throws IOException {
        return Optional.of(new PowerlessSource(open(options)));
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
}
