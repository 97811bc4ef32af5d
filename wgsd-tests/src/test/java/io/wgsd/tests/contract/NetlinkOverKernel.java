package io.wgsd.tests.contract;

import io.wgsd.backend.netlink.NetlinkTesting;
import io.wgsd.spi.PeerSource;
import io.wgsd.spi.PeerSourceOptions;
import io.wgsd.testkit.contract.PeerSourceContract;
import io.wgsd.testkit.contract.PeerSourceFixture;
import java.util.Optional;

/** The contract, over the kernel that runs it; {@link NetlinkOverKernelTest} starts it. */
final class NetlinkOverKernel extends PeerSourceContract {

    @Override
    protected PeerSourceFixture fixture() {
        return new Fixture();
    }

    private static final class Fixture extends KernelDevices {

        private final MutableSockets sockets = new MutableSockets(NetlinkTesting.systemSockets());

        @Override
        public PeerSource open(PeerSourceOptions options) {
            return NetlinkTesting.open(sockets, options);
        }

        @Override
        public Optional<Hang> hang(String device) {
            sockets.mute(true);
            return Optional.of(() -> sockets.mute(false));
        }

        @Override
        public Optional<PeerSource> openWithoutPermission(String device, PeerSourceOptions options) {
            return Optional.of(NetlinkTesting.open(new PowerlessSockets(NetlinkTesting.systemSockets()), options));
        }
    }
}
