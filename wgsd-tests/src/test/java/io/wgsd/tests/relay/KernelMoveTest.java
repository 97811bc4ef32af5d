package io.wgsd.tests.relay;

import io.wgsd.tests.kernel.KernelVm;
import io.wgsd.tests.process.Wgsd;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** Moving a session over the kernel's own WireGuard, 20 ms one way. */
@Tag("release")
class KernelMoveTest {

    @TestFactory
    Stream<DynamicTest> aMove() throws IOException, InterruptedException {
        Wgsd.require();
        return KernelVm.testsInVirtualTime(KernelMove.class);
    }
}
