package io.wgsd.backend.netlink;

import io.wgsd.testkit.contract.PeerSourceContract;
import io.wgsd.testkit.contract.PeerSourceFixture;

/** The contract over a kernel that removes single allowed IPs itself, as Linux does since 6.16. */
final class NewKernelContractTest extends PeerSourceContract {

    @Override
    protected PeerSourceFixture fixture() {
        return new FakeKernelFixture(true);
    }
}
