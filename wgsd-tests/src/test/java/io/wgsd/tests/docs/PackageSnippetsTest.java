package io.wgsd.tests.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each published package's page begins with the code that one came for, and this compiles as it is shown. */
class PackageSnippetsTest {

    private static final String BACKEND = "a backend is opened by PeerSources, as the page of io.wgsd.spi shows";

    /** Packages whose pages show no statements, and why. */
    private static final Map<String, String> WITHOUT = Map.of(
            "io.wgsd.backend.cli",
            BACKEND,
            "io.wgsd.backend.netlink",
            BACKEND,
            "io.wgsd.backend.uapi",
            BACKEND,
            "io.wgsd.testkit.contract",
            "its class is extended, as docs/writing-a-backend.md shows, which is compiled");

    /** What a page's statements take for granted, as a method's parameters: what the reader has. */
    private static final Map<String, String> GIVEN = Map.of(
            "io.wgsd.micrometer",
            "PeerSource source, ZoneOptions zone",
            "io.wgsd.relay",
            "SecretKey privateKey, PublicKey alice, PublicKey bob");

    /** Packages of others that a page's statements use. */
    private static final Map<String, List<String>> OTHERS = Map.of(
            "io.wgsd.micrometer", List.of("io.micrometer.core.instrument", "io.micrometer.core.instrument.simple"));

    private static final Pattern FIRST_SNIPPET = Pattern.compile("<pre>\\{@code\n(.*?)\n \\* }</pre>", Pattern.DOTALL);

    @TempDir
    private Path directory;

    @ParameterizedTest
    @MethodSource("exported")
    void aPackagesPageBeginsWithCodeThatCompiles(String name) throws IOException {
        if (WITHOUT.containsKey(name)) {
            assertThat(snippet(name)).as("%s has a snippet; compile it", name).isEmpty();
        } else {
            assertThat(snippet(name))
                    .as("the page of %s begins with no code", name)
                    .hasSize(1);
            List<String> packages = Stream.concat(Stream.of(name), OTHERS.getOrDefault(name, List.of()).stream())
                    .toList();
            JavaSnippet.compileStatements(snippet(name).get(0), packages, GIVEN.getOrDefault(name, ""), directory);
        }
    }

    @Test
    void onlyPublishedPackagesAreExcepted() throws IOException {
        assertThat(exported().toList())
                .containsAll(WITHOUT.keySet())
                .containsAll(GIVEN.keySet())
                .containsAll(OTHERS.keySet());
    }

    static Stream<String> exported() throws IOException {
        return PackageSnippetsTest.class
                .getClassLoader()
                .resources("module-info.class")
                .map(PackageSnippetsTest::read)
                .filter(module -> module.name().startsWith("io.wgsd."))
                .flatMap(module -> module.exports().stream())
                .filter(exports -> !exports.isQualified())
                .map(ModuleDescriptor.Exports::source)
                .sorted();
    }

    private static ModuleDescriptor read(URL url) {
        try (InputStream in = url.openStream()) {
            return ModuleDescriptor.read(in);
        } catch (IOException e) {
            throw new UncheckedIOException(url.toString(), e);
        }
    }

    /** Returns the first snippet of a package's page; none where it has none. */
    private static List<Block> snippet(String name) throws IOException {
        String page = "src/main/java/" + name.replace('.', '/') + "/package-info.java";
        try (Stream<Path> folders = Files.list(Page.PROJECT)) {
            Path file = folders.map(folder -> folder.resolve(page))
                    .filter(Files::exists)
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(name + " has no package-info.java"));
            Matcher snippet = FIRST_SNIPPET.matcher(Files.readString(file));
            if (!snippet.find()) {
                return List.of();
            }
            String text = snippet.group(1).replaceAll("(?m)^ \\* ?", "") + "\n";
            int line = (int) Files.readString(file)
                    .substring(0, snippet.start(1))
                    .lines()
                    .count();
            return List.of(new Block(Page.PROJECT.relativize(file).toString(), line, name, "java", text));
        }
    }
}
