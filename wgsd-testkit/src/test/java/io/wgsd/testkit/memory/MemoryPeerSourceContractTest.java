package io.wgsd.testkit.memory;

import io.wgsd.testkit.contract.PeerSourceContract;
import io.wgsd.testkit.contract.PeerSourceFixture;
import java.time.InstantSource;

class MemoryPeerSourceContractTest extends PeerSourceContract {

    @Override
    protected PeerSourceFixture fixture() {
        return new MemoryFixture(MemoryWireGuard.of(InstantSource.system()));
    }
}
