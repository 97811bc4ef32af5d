package io.wgsd.tests.tunnel;

import io.wgsd.tests.kernel.KernelVm;
import io.wgsd.tests.process.Wgsd;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The first tunnel over the kernel's own WireGuard. */
class KernelTunnelTest {

    @TestFactory
    Stream<DynamicTest> theFirstTunnel() throws IOException, InterruptedException {
        Wgsd.require();
        return KernelVm.tests(KernelTunnel.class);
    }
}
