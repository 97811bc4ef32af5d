package io.wgsd.backend.uapi;

import io.wgsd.testkit.contract.PeerSourceContract;
import io.wgsd.testkit.contract.PeerSourceFixture;

/** The contract of all peer sources, over a real wireguard-go. */
final class WireGuardGoContractTest extends PeerSourceContract {

    @Override
    protected PeerSourceFixture fixture() {
        return new WireGuardGoFixture();
    }
}
