package io.wgsd.examples.backend;

import io.wgsd.testkit.contract.PeerSourceContract;
import io.wgsd.testkit.contract.PeerSourceFixture;
import java.io.IOException;

/** What every backend promises, kept by this one. */
final class AppliancePeerSourceTest extends PeerSourceContract {

    @Override
    protected PeerSourceFixture fixture() throws IOException {
        return new ApplianceFixture();
    }
}
