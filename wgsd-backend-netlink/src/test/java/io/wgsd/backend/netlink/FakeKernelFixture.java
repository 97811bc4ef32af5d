package io.wgsd.backend.netlink;

import io.wgsd.model.DeviceChange;
import io.wgsd.model.Endpoint;
import io.wgsd.model.PublicKey;
import io.wgsd.spi.PeerSource;
import io.wgsd.spi.PeerSourceOptions;
import io.wgsd.testkit.contract.PeerSourceFixture;
import io.wgsd.testkit.memory.MemoryWireGuard;
import java.time.InstantSource;
import java.util.Optional;

/** Devices of a {@link FakeKernel}. */
final class FakeKernelFixture implements PeerSourceFixture {

    private final MemoryWireGuard wireGuard = MemoryWireGuard.of(InstantSource.system());
    private final FakeKernel kernel;
    private int devices;

    FakeKernelFixture(boolean removesPrefixes) {
        kernel = new FakeKernel(wireGuard, removesPrefixes);
    }

    @Override
    public PeerSource open(PeerSourceOptions options) {
        return new NetlinkPeerSource(kernel, "6.1.0-18-amd64", options.timeout());
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
    public Optional<Hang> hang(String device) {
        kernel.mute = true;
        return Optional.of(() -> kernel.mute = false);
    }

    @Override
    public Optional<PeerSource> openWithoutPermission(String device, PeerSourceOptions options) {
        kernel.nextErrno = 1;
        return Optional.of(open(options));
    }

    @Override
    public PublicKey addPeerWithHandshake(String device) throws Exception {
        PublicKey peer = PublicKey.parse("xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=");
        try (PeerSource source = open(PeerSourceOptions.defaults())) {
            source.apply(
                    device,
                    DeviceChange.builder()
                            .peer(peer)
                            .endpoint(Endpoint.parse("192.0.2.1:1"))
                            .build());
            countBytes(source, device, peer);
        }
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
}
