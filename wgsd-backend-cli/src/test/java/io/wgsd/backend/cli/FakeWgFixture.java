package io.wgsd.backend.cli;

import io.wgsd.model.DeviceChange;
import io.wgsd.model.PublicKey;
import io.wgsd.spi.PeerSource;
import io.wgsd.spi.PeerSourceOptions;
import io.wgsd.testkit.contract.PeerSourceFixture;
import io.wgsd.testkit.memory.MemoryWireGuard;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/** Devices in memory, and a {@link FakeWg} in front of them. */
final class FakeWgFixture implements PeerSourceFixture {

    private final MemoryWireGuard wireGuard = MemoryWireGuard.of(InstantSource.system());
    private final String version;
    private final FakeWg wg;
    private int devices;

    FakeWgFixture(String version) {
        this.version = version;
        wg = new FakeWg(wireGuard, version);
    }

    @Override
    public PeerSource open(PeerSourceOptions options) {
        return source(wg, options);
    }

    @Override
    public Optional<PeerSource> openWithoutPermission(String device, PeerSourceOptions options) {
        FakeWg powerless = new FakeWg(wireGuard, version);
        powerless.refusal = "Unable to access interface: Operation not permitted";
        return Optional.of(source(powerless, options));
    }

    @Override
    public String createDevice() {
        return wireGuard.create("wg" + devices++).name();
    }

    @Override
    public void removeDevice(String device) {
        wireGuard.remove(device);
    }

    @Override
    public void changeFromOutside(String device, DeviceChange change) throws Exception {
        wireGuard.device(device).orElseThrow().apply(change);
    }

    @Override
    public Optional<Hang> hang(String device) {
        wg.hangs = true;
        return Optional.of(() -> wg.hangs = false);
    }

    @Override
    public PublicKey addPeerWithHandshake(String device) throws Exception {
        PublicKey peer = PublicKey.parse("xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=");
        changeFromOutside(device, DeviceChange.builder().peer(peer).build());
        countBytes(open(PeerSourceOptions.defaults()), device, peer);
        return peer;
    }

    @Override
    public boolean countBytes(PeerSource source, String device, PublicKey peer) {
        wireGuard.device(device).orElseThrow().count(peer, 92, 148);
        wireGuard.device(device).orElseThrow().recordHandshake(peer);
        return true;
    }

    @Override
    public void close() {}

    private PeerSource source(Programs programs, PeerSourceOptions options) {
        return new CliPeerSource(
                new Wg(programs, "/usr/bin/wg"), WgVersion.of(version), Path.of("/nowhere"), options.timeout());
    }
}
