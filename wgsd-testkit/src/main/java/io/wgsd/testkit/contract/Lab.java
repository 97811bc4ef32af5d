package io.wgsd.testkit.contract;

import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * Says what a test needs of the machine that it runs on. If that is missing, the test is skipped with the reason, or it
 * fails if nothing may be skipped.
 *
 * <p>The system property {@code lab} decides: with the value {@code required} a missing need is a failure. A build that
 * must not quietly test less than it seems to sets it, as in {@code ./mvnw verify -Dlab=required}.
 */
public final class Lab {

    private static final String PROPERTY = "lab";
    private static final String REQUIRED = "required";

    private Lab() {}

    /**
     * Continues only if the machine has what the test needs.
     *
     * @param condition whether the machine has it
     * @param reason what is missing, and how to get it, as a sentence for one line
     * @throws org.opentest4j.TestAbortedException if it is missing, so that the test counts as skipped
     * @throws AssertionError if it is missing and the system property {@code lab} is {@code required}
     */
    public static void require(boolean condition, String reason) {
        if (!condition && isRequired()) {
            Assertions.fail(reason + " (-Dlab=required does not let this be skipped)");
        }
        Assumptions.assumeTrue(condition, reason);
    }

    /**
     * Returns whether a test fails, rather than being skipped, if the machine lacks what it needs.
     *
     * @return whether the system property {@code lab} is {@code required}
     */
    public static boolean isRequired() {
        return REQUIRED.equals(System.getProperty(PROPERTY));
    }
}
