package io.wgsd.backend.cli;

import io.wgsd.testkit.contract.PeerSourceContract;
import io.wgsd.testkit.contract.PeerSourceFixture;

/** The contract over a {@code wg} that can only replace allowed IPs, as before 1.0.20250521. */
final class OldWgContractTest extends PeerSourceContract {

    @Override
    protected PeerSourceFixture fixture() {
        return new FakeWgFixture(FakeWg.OLD);
    }
}
