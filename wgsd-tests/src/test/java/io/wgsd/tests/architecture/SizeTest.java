package io.wgsd.tests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Nothing grows so large that a newcomer cannot see all of it at once. */
class SizeTest {

    private static final int MOST_TYPES = 25;
    private static final int MOST_LINES = 400;

    /** The packages that may have more types, each with its limit and the reason. */
    private static final Map<String, Allowance> ALLOWANCES = Map.of(
            "io.wgsd.discovery",
            new Allowance(26, "what an agent is given and shows, all of it public"),
            "io.wgsd.spi",
            new Allowance(29, "one exception for each case that callers handle differently, and all of them public"));

    private record Allowance(int types, String reason) {}

    @Test
    void noPackageOfTheMainSourcesHasMoreThanTwentyFiveTypes() {
        assertThat(Sources.mainPackages().entrySet().stream()
                        .filter(files -> Sources.types(files.getValue()) > limit(files.getKey()))
                        .map(files -> files.getKey() + ": " + Sources.types(files.getValue())))
                .as("packages with more types than they may have")
                .isEmpty();
    }

    @Test
    void eachAllowanceIsStillNeeded() {
        ALLOWANCES.forEach((name, allowance) -> assertThat(
                        Sources.types(Sources.mainPackages().get(name)))
                .as("types in " + name + ", which may have " + allowance.types() + ": " + allowance.reason())
                .isGreaterThan(MOST_TYPES));
    }

    @Test
    void noJavaFileHasMoreThanFourHundredLines() {
        assertThat(Sources.all().stream()
                        .filter(file -> Sources.lines(file).size() > MOST_LINES)
                        .map(file -> file + ": " + Sources.lines(file).size()))
                .as("files with more than " + MOST_LINES + " lines")
                .isEmpty();
    }

    private static int limit(String packageName) {
        Allowance allowance = ALLOWANCES.get(packageName);
        return allowance == null ? MOST_TYPES : allowance.types();
    }
}
