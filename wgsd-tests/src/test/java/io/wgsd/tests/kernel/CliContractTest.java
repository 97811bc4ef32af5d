package io.wgsd.tests.kernel;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The CLI backend keeps the contract of all peer sources, over the kernel's own WireGuard. */
class CliContractTest {

    @TestFactory
    Stream<DynamicTest> theContract() throws IOException, InterruptedException {
        return KernelVm.tests(CliInKernel.class);
    }
}
