package io.wgsd.backend.cli;

import io.wgsd.testkit.contract.PeerSourceContract;
import io.wgsd.testkit.contract.PeerSourceFixture;

/** The contract over a {@code wg} that can add to allowed IPs, as since 1.0.20250521. */
final class NewWgContractTest extends PeerSourceContract {

    @Override
    protected PeerSourceFixture fixture() {
        return new FakeWgFixture(FakeWg.NEW);
    }
}
