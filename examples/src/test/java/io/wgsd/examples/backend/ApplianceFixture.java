package io.wgsd.examples.backend;

import io.wgsd.model.DeviceChange;
import io.wgsd.model.PublicKey;
import io.wgsd.spi.PeerSource;
import io.wgsd.spi.PeerSourceOptions;
import io.wgsd.spi.WireGuardException;
import io.wgsd.testkit.contract.PeerSourceFixture;
import io.wgsd.testkit.memory.MemoryDevice;
import io.wgsd.testkit.memory.MemoryFaults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** An appliance as the contract wants it. */
final class ApplianceFixture implements PeerSourceFixture {

    private final Appliance appliance = new Appliance();
    private final Path token = Files.createTempFile("appliance", ".token");
    private final Path wrongToken = Files.createTempFile("appliance", ".token");
    private int devices;

    ApplianceFixture() throws IOException {
        Files.writeString(token, Appliance.TOKEN);
        Files.writeString(wrongToken, "a-guess");
    }

    @Override
    public PeerSource open(PeerSourceOptions options) throws WireGuardException {
        return open(options, token);
    }

    @Override
    public Optional<PeerSource> openWithoutPermission(String device, PeerSourceOptions options)
            throws WireGuardException {
        return Optional.of(open(options, wrongToken));
    }

    @Override
    public String createDevice() {
        return appliance.wireGuard().create("wg" + devices++).name();
    }

    @Override
    public void removeDevice(String device) {
        appliance.wireGuard().remove(device);
    }

    @Override
    public void changeFromOutside(String device, DeviceChange change) throws WireGuardException {
        device(device).apply(change);
    }

    @Override
    public Optional<Hang> hang(String device) {
        MemoryFaults.Block block = appliance.wireGuard().faults().block();
        return Optional.of(block::close);
    }

    @Override
    public PublicKey addPeerWithHandshake(String device) throws WireGuardException {
        PublicKey peer = PublicKey.parseHex("75ec213256bc5428778b3dd41b7d82d55caaa3a4a69e72414fd3b00a616ee816");
        device(device).apply(DeviceChange.builder().peer(peer).build());
        device(device).count(peer, 92, 148);
        device(device).recordHandshake(peer);
        return peer;
    }

    @Override
    public boolean countBytes(PeerSource source, String device, PublicKey peer) {
        device(device).count(peer, 92, 148);
        return true;
    }

    @Override
    public void close() throws IOException {
        appliance.close();
        Files.delete(token);
        Files.delete(wrongToken);
    }

    private PeerSource open(PeerSourceOptions options, Path tokenFile) throws WireGuardException {
        return new ApplianceProvider()
                .open(options.withSetting(ApplianceProvider.URL, appliance.url())
                        .withSetting(ApplianceProvider.TOKEN_FILE, tokenFile.toString()));
    }

    private MemoryDevice device(String name) {
        return appliance.wireGuard().device(name).orElseThrow();
    }
}
