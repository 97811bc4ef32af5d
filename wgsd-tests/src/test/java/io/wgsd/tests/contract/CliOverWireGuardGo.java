package io.wgsd.tests.contract;

import io.wgsd.backend.cli.CliPeerSourceProvider;
import io.wgsd.spi.PeerSource;
import io.wgsd.spi.PeerSourceOptions;
import io.wgsd.spi.WireGuardException;
import io.wgsd.testkit.contract.PeerSourceFixture;
import io.wgsd.testkit.contract.WireGuardGo;
import io.wgsd.tests.process.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Devices of real wireguard-gos in a network of their own, and a {@code wg} that is run in there. */
final class CliOverWireGuardGo implements PeerSourceFixture {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final Path directory = Files.createTempDirectory("wg");
    private final Map<String, WireGuardGo> devices = new LinkedHashMap<>();
    private final WireGuardGo anchor;

    CliOverWireGuardGo() throws IOException, InterruptedException {
        // Everyone may look into the real directory, too; only the sockets in it are root's.
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        // Holds the network, whichever device is removed.
        anchor = WireGuardGo.start(directory, "wganchor");
    }

    @Override
    public PeerSource open(PeerSourceOptions options) throws IOException {
        return open(options, "wg", Program.require("wg", "wireguard-tools"));
    }

    @Override
    public Optional<PeerSource> openWithoutPermission(String device, PeerSourceOptions options) throws IOException {
        String setpriv = Program.require("setpriv", "util-linux");
        return Optional.of(open(
                options,
                "powerless-wg",
                setpriv,
                "--reuid=65534",
                "--clear-groups",
                "--",
                Program.require("wg", "wireguard-tools")));
    }

    @Override
    public String createDevice() throws IOException, InterruptedException {
        String name = "wgc" + devices.size();
        devices.put(name, anchor.alongside(name));
        Program.run(LIMIT, new ProcessBuilder(anchor.inside("ip", "link", "set", name, "up")));
        return name;
    }

    @Override
    public void removeDevice(String device) throws InterruptedException {
        devices.get(device).close();
    }

    @Override
    public Optional<Hang> hang(String device) throws IOException, InterruptedException {
        WireGuardGo process = devices.get(device);
        process.pause();
        return Optional.of(process::resume);
    }

    @Override
    public boolean keepsEndpointScopes() {
        return WireGuardGo.version().compareTo("0.0.20221101") >= 0;
    }

    /** Each reading is eight processes. */
    @Override
    public int openReadCloseRounds() {
        return 50;
    }

    @Override
    public void close() throws IOException {
        for (WireGuardGo device : devices.values()) {
            device.close();
        }
        anchor.close();
        try (Stream<Path> left = Files.walk(directory)) {
            for (Path each : left.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }

    private PeerSource open(PeerSourceOptions options, String name, String... command)
            throws IOException, WireGuardException {
        List<String> inside = anchor.inside(command);
        Path script = directory.resolve(name);
        if (Files.notExists(script)) {
            Files.createFile(
                    script, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Files.writeString(script, "#!/bin/sh\nexec " + String.join(" ", inside) + " \"$@\"\n");
        }
        return new CliPeerSourceProvider()
                .open(options.withSetting(CliPeerSourceProvider.PROGRAM, script.toString())
                        .withSetting(CliPeerSourceProvider.DIRECTORY, directory.toString()));
    }
}
