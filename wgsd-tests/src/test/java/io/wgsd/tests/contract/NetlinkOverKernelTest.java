package io.wgsd.tests.contract;

import io.wgsd.tests.kernel.KernelVm;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** The netlink backend keeps the contract of all peer sources, over the kernel's own WireGuard. */
@Tag("runtime")
class NetlinkOverKernelTest {

    @TestFactory
    Stream<DynamicTest> theContract() throws IOException, InterruptedException {
        return KernelVm.tests(NetlinkOverKernel.class);
    }
}
