package io.wgsd.tests.contract;

import io.wgsd.tests.kernel.KernelVm;
import java.io.IOException;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/**
 * The CLI backend keeps the contract of all peer sources, over the kernel's own WireGuard.
 *
 * <p>What it does with its processes does not depend on whose WireGuard they speak to, and to start one takes long
 * here: each build has that over wireguard-go ({@code CliOverWireGuardGoTest}), and a release has it here too.
 */
class CliOverKernelTest {

    private static final Set<String> OF_PROCESSES =
            Set.of("SizeContract", "ConcurrencyContract", "CancellationContract", "LifecycleContract");

    @TestFactory
    Stream<DynamicTest> whatTheKernelSays() throws IOException, InterruptedException {
        return KernelVm.tests(CliOverKernel.class, part -> !OF_PROCESSES.contains(part));
    }

    @Tag("release")
    @TestFactory
    Stream<DynamicTest> whatIsDoneWithProcesses() throws IOException, InterruptedException {
        return KernelVm.tests(CliOverKernel.class, OF_PROCESSES::contains);
    }
}
