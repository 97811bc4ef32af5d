package io.wgsd.tests.kernel;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;

/**
 * What came of a test that ran elsewhere, as a line of a file.
 *
 * @param name the test's name
 * @param outcome how it ended
 * @param message why, with the stack, where it did not end well; else ""
 */
record TestResult(String name, Outcome outcome, String message) {

    enum Outcome {
        PASSED,
        SKIPPED,
        FAILED
    }

    void append(Path file) throws IOException {
        String line = outcome + " " + name + " "
                + Base64.getEncoder().encodeToString(message.getBytes(StandardCharsets.UTF_8)) + "\n";
        Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    static List<TestResult> read(Path file) throws IOException {
        return Files.readAllLines(file).stream().map(TestResult::parse).toList();
    }

    DynamicTest toTest() {
        return DynamicTest.dynamicTest(name, () -> {
            switch (outcome) {
                case PASSED -> {}
                case SKIPPED -> Assumptions.abort(message);
                case FAILED -> Assertions.fail(message);
            }
        });
    }

    private static TestResult parse(String line) {
        String[] parts = line.split(" ", 3);
        return new TestResult(
                parts[1],
                Outcome.valueOf(parts[0]),
                new String(Base64.getDecoder().decode(parts[2]), StandardCharsets.UTF_8));
    }
}
