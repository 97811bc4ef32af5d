package io.wgsd.testkit.memory;

import static io.wgsd.testkit.memory.Fixtures.change;

import io.wgsd.model.DeviceChange;
import io.wgsd.model.PublicKey;
import io.wgsd.spi.NotPermittedException;
import io.wgsd.spi.PeerSource;
import io.wgsd.spi.PeerSourceOptions;
import io.wgsd.spi.WireGuardException;
import io.wgsd.testkit.contract.PeerSourceFixture;
import java.util.Optional;

/** The WireGuard in memory as the contract wants it. */
public class MemoryFixture implements PeerSourceFixture {

    private final MemoryWireGuard wireGuard;
    private int devices;

    public MemoryFixture(MemoryWireGuard wireGuard) {
        this.wireGuard = wireGuard;
    }

    @Override
    public PeerSource open(PeerSourceOptions options) {
        return wireGuard.source(options);
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
    public void changeFromOutside(String device, DeviceChange change) throws WireGuardException {
        device(device).apply(change);
    }

    @Override
    public Optional<Hang> hang(String device) {
        MemoryFaults.Block block = wireGuard.faults().block();
        return Optional.of(block::close);
    }

    @Override
    public Optional<PeerSource> openWithoutPermission(String device, PeerSourceOptions options) {
        wireGuard
                .faults()
                .failNext(1, origin -> new NotPermittedException(origin, "reading", "be somebody else", null));
        return Optional.of(open(options));
    }

    @Override
    public PublicKey addPeerWithHandshake(String device) throws WireGuardException {
        PublicKey peer = Fixtures.key(4711);
        device(device).apply(change().peer(peer).endpoint(Fixtures.HOME).build());
        device(device).count(peer, 92, 148);
        device(device).recordHandshake(peer);
        return peer;
    }

    @Override
    public boolean countBytes(PeerSource source, String device, PublicKey peer) {
        device(device).count(peer, 92, 148);
        device(device).recordHandshake(peer);
        return true;
    }

    @Override
    public void close() {}

    private MemoryDevice device(String name) {
        return wireGuard.device(name).orElseThrow();
    }
}
