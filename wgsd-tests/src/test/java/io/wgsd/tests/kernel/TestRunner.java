package io.wgsd.tests.kernel;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs the tests that parts of a class declare in a Java runtime of its own, and writes what came of each. */
final class TestRunner implements TestExecutionListener {

    private final Path results;

    private TestRunner(Path results) {
        this.results = results;
    }

    public static void main(String... arguments) {
        List<String> parts = arguments[1].isEmpty() ? List.of() : List.of(arguments[1].split(","));
        PostDiscoveryFilter chosen = test -> FilterResult.includedIf(test.getSource()
                .filter(source -> !parts.isEmpty() && source instanceof MethodSource)
                .map(source -> parts.contains(((MethodSource) source)
                        .getJavaMethod()
                        .getDeclaringClass()
                        .getSimpleName()))
                .orElse(true));
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(DiscoverySelectors.selectClass(arguments[0]))
                .filters(chosen)
                .build();
        LauncherFactory.create().execute(request, new TestRunner(Path.of(arguments[2])));
        // What a failed test left running must not keep this from ending.
        System.exit(0);
    }

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        write(test, TestResult.Outcome.SKIPPED, reason);
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        // A class that cannot be set up has no tests that would tell.
        if (test.isTest() || result.getStatus() == TestExecutionResult.Status.FAILED) {
            TestResult.Outcome outcome = switch (result.getStatus()) {
                case SUCCESSFUL -> TestResult.Outcome.PASSED;
                case ABORTED -> TestResult.Outcome.SKIPPED;
                case FAILED -> TestResult.Outcome.FAILED;
            };
            write(test, outcome, result.getThrowable().map(TestRunner::text).orElse(""));
        }
    }

    private void write(TestIdentifier test, TestResult.Outcome outcome, String message) {
        try {
            new TestResult(test.getDisplayName().replaceAll("\\s|\\(\\)", ""), outcome, message).append(results);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
