package io.wgsd.tests.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The map names what is there: each class, package and module on it exists, and each module is on it. */
class ArchitecturePageTest {

    static final String PAGE = "docs/architecture.md";

    private static final Pattern CLASS = Pattern.compile("`([A-Z][A-Za-z]+)`");
    private static final Pattern PACKAGE = Pattern.compile("`(io\\.wgsd\\.[a-z.]+)`");
    private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");

    @Test
    void eachClassThatItNamesExists() throws IOException {
        Set<String> ours = sources()
                .map(file -> file.getFileName().toString().replace(".java", ""))
                .collect(Collectors.toUnmodifiableSet());

        List<String> named = named(CLASS);

        assertThat(named)
                .hasSizeGreaterThan(40)
                .filteredOn(name -> !ours.contains(name))
                .isEmpty();
    }

    @Test
    void eachPackageThatItNamesExists() throws IOException {
        Set<String> ours = sources()
                .map(file ->
                        file.getParent().toString().replaceFirst(".*/java/", "").replace('/', '.'))
                .collect(Collectors.toUnmodifiableSet());

        List<String> named = named(PACKAGE);

        assertThat(named)
                .hasSizeGreaterThan(8)
                .filteredOn(name -> !ours.contains(name))
                .isEmpty();
    }

    @Test
    void eachModuleOfTheBuildIsOnIt() throws IOException {
        String map = Files.readString(Page.PROJECT.resolve(PAGE));

        List<String> modules = MODULE.matcher(Files.readString(Page.PROJECT.resolve("pom.xml")))
                .results()
                .map(module -> module.group(1))
                .filter(module -> !module.equals("wgsd-bom"))
                .toList();

        assertThat(modules).isNotEmpty().allSatisfy(module -> assertThat(map).contains("`" + module + "`"));
    }

    private static List<String> named(Pattern pattern) throws IOException {
        return pattern.matcher(Files.readString(Page.PROJECT.resolve(PAGE)))
                .results()
                .map((MatchResult result) -> result.group(1))
                .distinct()
                .toList();
    }

    private static Stream<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(Page.PROJECT)) {
            return files
                    .filter(file -> file.toString().endsWith(".java")
                            && !file.toString().contains("/target/"))
                    .toList()
                    .stream();
        }
    }
}
