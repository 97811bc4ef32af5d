package io.wgsd.backend.netlink;

import io.wgsd.testkit.contract.PeerSourceContract;
import io.wgsd.testkit.contract.PeerSourceFixture;

/** The contract over a kernel that refuses to remove single allowed IPs, as Linux did before 6.16. */
final class OldKernelContractTest extends PeerSourceContract {

    @Override
    protected PeerSourceFixture fixture() {
        return new FakeKernelFixture(false);
    }
}
