package io.wgsd.testkit.memory;

import io.wgsd.spi.PeerSource;
import io.wgsd.spi.PeerSourceOptions;
import io.wgsd.spi.PeerSources;
import io.wgsd.testkit.contract.PeerSourceContract;
import io.wgsd.testkit.contract.PeerSourceFixture;
import java.time.InstantSource;
import java.util.List;

/** Two backends that are joined keep the promises of one; the devices are those of the second. */
class JoinedMemoryPeerSourceContractTest extends PeerSourceContract {

    @Override
    protected PeerSourceFixture fixture() {
        MemoryWireGuard empty = MemoryWireGuard.of(InstantSource.system());
        MemoryWireGuard used = MemoryWireGuard.of(InstantSource.system());
        return new MemoryFixture(used) {
            @Override
            public PeerSource open(PeerSourceOptions options) {
                return PeerSources.of(List.of(empty.provider("first", 300), used.provider("second", 200)), options);
            }
        };
    }
}
