package io.wgsd.tests.kernel;

import io.wgsd.testkit.contract.Lab;
import io.wgsd.tests.process.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** {@code lab/kernel-vm}: a real Linux kernel that has WireGuard, as an ordinary process. */
public final class KernelVm {

    private static final Path PROGRAM =
            Path.of("../lab/kernel-vm").toAbsolutePath().normalize();
    private static final Path SHARED = Path.of("target").toAbsolutePath().normalize();

    /** The kernel itself is built at the first use, which takes minutes. */
    private static final Duration LIMIT = Duration.ofMinutes(30);

    private KernelVm() {}

    /** Runs a program inside to its end; where the machine cannot, the test is skipped. */
    public static Program.Result run(List<String> command) throws IOException, InterruptedException {
        return run(List.of(), command);
    }

    private static Program.Result run(List<String> options, List<String> command)
            throws IOException, InterruptedException {
        Lab.require("root".equals(System.getProperty("user.name")), "lab/kernel-vm takes root");
        Lab.require(Files.isExecutable(Path.of("/usr/bin/apt-get")), "lab/kernel-vm takes Debian");
        Lab.require("amd64".equals(System.getProperty("os.arch")), "lab/kernel-vm takes an x86-64 machine");
        Files.createDirectories(SHARED);
        List<String> all = new ArrayList<>(List.of(
                PROGRAM.toString(), "--share", SHARED.toString(), "--timeout", Long.toString(LIMIT.toSeconds() - 60)));
        all.addAll(options);
        all.add("--");
        all.addAll(command);
        return Program.run(LIMIT, new ProcessBuilder(all));
    }

    /** Runs a class of tests inside, and returns what came of each of its tests as a test of its own. */
    public static Stream<DynamicTest> tests(Class<?> tests) throws IOException, InterruptedException {
        return tests(List.of(), tests, "");
    }

    /** The same in virtual time, in which no time passes while a program computes: the machine's speed is no matter. */
    public static Stream<DynamicTest> testsInVirtualTime(Class<?> tests) throws IOException, InterruptedException {
        return tests(List.of("--time-travel=inf-cpu"), tests, "");
    }

    /** Runs of these tests those alone that are declared by these of the interfaces that the class has. */
    public static Stream<DynamicTest> tests(Class<?> tests, Predicate<String> parts)
            throws IOException, InterruptedException {
        return tests(
                List.of(),
                tests,
                Stream.of(tests.getMethods())
                        .map(method -> method.getDeclaringClass().getSimpleName())
                        .distinct()
                        .filter(parts)
                        .collect(Collectors.joining(",")));
    }

    private static Stream<DynamicTest> tests(List<String> options, Class<?> tests, String parts)
            throws IOException, InterruptedException {
        Path results = Files.createTempFile(Files.createDirectories(SHARED), "kernel-", ".results");
        try {
            Program.Result run = run(
                    options,
                    List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            // One processor, and memory that the kernel inside has to page in.
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-Xmx768m",
                            // One program less to start for each that a test starts.
                            "-Djdk.lang.Process.launchMechanism=VFORK",
                            "-Dlab=" + System.getProperty("lab", ""),
                            "-cp",
                            System.getProperty("java.class.path"),
                            TestRunner.class.getName(),
                            tests.getName(),
                            parts,
                            results.toString()));
            List<TestResult> all = TestResult.read(results);
            if (run.status() != 0 || all.isEmpty()) {
                throw new AssertionError("the tests did not run to their end in lab/kernel-vm:\n" + run.output());
            }
            return all.stream().map(TestResult::toTest);
        } finally {
            Files.delete(results);
        }
    }
}
