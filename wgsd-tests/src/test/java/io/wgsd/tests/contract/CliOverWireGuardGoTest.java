package io.wgsd.tests.contract;

import io.wgsd.testkit.contract.PeerSourceContract;
import io.wgsd.testkit.contract.PeerSourceFixture;
import java.io.IOException;

/** The CLI backend keeps the contract of all peer sources, over wireguard-go. */
class CliOverWireGuardGoTest extends PeerSourceContract {

    @Override
    protected PeerSourceFixture fixture() throws IOException, InterruptedException {
        return new CliOverWireGuardGo();
    }
}
