package io.wgsd.tests.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The Javadoc of all published modules as one site, in which each link leads somewhere.
 *
 * <p>The site is left in {@code wgsd-tests/target/javadoc}.
 */
class JavadocSiteTest {

    private static final Path SITE = Path.of("target/javadoc").toAbsolutePath();

    private final StringWriter messages = new StringWriter();

    @Test
    void allModulesMakeOneSiteWithoutAWarning() throws IOException {
        Map<String, Path> modules = publishedModules();
        List<String> arguments = new ArrayList<>(List.of("-quiet", "-Xdoclint:all,-missing", "-Werror"));
        arguments.addAll(List.of("-d", SITE.toString(), "--module-path", libraries()));
        modules.forEach((name, sources) -> arguments.addAll(List.of("--module-source-path", name + "=" + sources)));
        arguments.addAll(List.of("--module", String.join(",", modules.keySet())));

        int status = javadoc(arguments);

        assertThat(messages.toString()).isEmpty();
        assertThat(status).isZero();
        assertThat(SITE.resolve("index.html")).content().contains(modules.keySet());
    }

    private int javadoc(List<String> arguments) {
        ToolProvider javadoc = ToolProvider.findFirst("javadoc")
                .orElseThrow(() -> new AssertionError("this Java runtime has no javadoc: run the tests with a JDK"));
        PrintWriter out = new PrintWriter(messages, true);
        return javadoc.run(out, out, arguments.toArray(String[]::new));
    }

    /** Sources by the name of their module, for each folder {@code wgsd-…} that a library is made from. */
    private static Map<String, Path> publishedModules() throws IOException {
        Map<String, Path> modules = new TreeMap<>();
        try (Stream<Path> folders = Files.list(Path.of("..").toRealPath())) {
            for (Path folder : folders.filter(JavadocSiteTest::isLibrary).toList()) {
                String name = folder.getFileName()
                        .toString()
                        .replaceFirst("wgsd-", "io.wgsd.")
                        .replace('-', '.');
                modules.put(name, folder.resolve("src/main/java"));
            }
        }
        return modules;
    }

    private static boolean isLibrary(Path folder) {
        String name = folder.getFileName().toString();
        return name.startsWith("wgsd-")
                && !name.equals("wgsd-command")
                && Files.exists(folder.resolve("src/main/java/module-info.java"));
    }

    /** What our modules are compiled against: the jars of these tests' class path that are not ours. */
    private static String libraries() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> entry.endsWith(".jar") && !entry.contains("wgsd-"))
                .filter(entry -> !entry.contains("jazzer"))
                .collect(Collectors.joining(File.pathSeparator));
    }
}
