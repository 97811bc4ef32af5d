package io.wgsd.testkit.memory;

import io.wgsd.model.DeviceKind;
import io.wgsd.spi.Capabilities;
import io.wgsd.testkit.contract.PeerSourceContract;
import io.wgsd.testkit.contract.PeerSourceFixture;
import java.time.InstantSource;

/** The WireGuard in memory as it plays a backend that can do less. */
class LesserMemoryPeerSourceContractTest extends PeerSourceContract {

    @Override
    protected PeerSourceFixture fixture() {
        return new MemoryFixture(MemoryWireGuard.builder(InstantSource.system())
                .kind(DeviceKind.USERSPACE)
                .capabilities(Capabilities.none())
                .build());
    }
}
