package io.wgsd.backend.uapi;

import io.wgsd.testkit.contract.PeerSourceContract;
import io.wgsd.testkit.contract.PeerSourceFixture;

/** The contract of all peer sources, over a real wireguard-go, which is reached by jnr-unixsocket. */
final class WireGuardGoByJnrContractTest extends PeerSourceContract {

    @Override
    protected PeerSourceFixture fixture() {
        return new WireGuardGoFixture(UapiPeerSourceProvider.JNR);
    }
}
