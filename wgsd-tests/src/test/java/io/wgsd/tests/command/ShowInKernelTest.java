package io.wgsd.tests.command;

import io.wgsd.tests.kernel.KernelVm;
import io.wgsd.tests.process.Wgsd;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** {@code wgsd show} of a device with 5,000 peers, each of which has up to 300 allowed IPs, beside {@code wg}. */
class ShowInKernelTest {

    @TestFactory
    Stream<DynamicTest> show() throws IOException, InterruptedException {
        Wgsd.require();
        return KernelVm.tests(ShowInKernel.class);
    }
}
