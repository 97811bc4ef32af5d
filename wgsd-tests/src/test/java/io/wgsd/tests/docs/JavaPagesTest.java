package io.wgsd.tests.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What pages show of Java compiles against the library, or is a part of an example that the tests run. */
class JavaPagesTest {

    static final List<String> PAGES = List.of(
            "docs/access.md", "docs/metrics.md", "docs/relay.md", "docs/spring-boot.md", "docs/writing-a-backend.md");

    @TempDir
    private Path directory;

    @Test
    void theReadmeShowsAnExample() throws IOException {
        String example =
                Files.readString(Page.PROJECT.resolve("examples/src/main/java/io/wgsd/examples/ConnectToPeer.java"));
        Block shown = only(java("README.md"));

        // The example has its device, address and zone from its arguments.
        JavaSnippet.compileStatements(shown, "", directory);
        assertThat(words(example)).contains("DiscoveryAgent.builder(wireGuard,", ".runOnce()", ".outcomes()");
    }

    @Test
    void visibilityIsSetAsTheAccessPageShows() throws IOException {
        JavaSnippet.compileStatements(
                only(java("docs/access.md")),
                "RegistryBuilder registry, PublicKey alice, PublicKey bob, PublicKey carol, PublicKey admin, PublicKey server",
                directory);
        assertThat(Page.blocks("docs/access.md")).allMatch(JavaPagesTest::isJava);
    }

    @Test
    void aRelayIsEmbeddedAsItsPageShows() throws IOException {
        JavaSnippet.compileStatements(
                only(java("docs/relay.md")),
                "SecretKey privateKey, PublicKey alice, PublicKey bob, PublicKey carol",
                directory);
    }

    @Test
    void metersAreBoundAsTheirPageShows() throws IOException {
        JavaSnippet.compileStatements(
                only(java("docs/metrics.md")),
                List.of("io.wgsd.micrometer", "io.micrometer.core.instrument"),
                "Registry registry, MeterRegistry meterRegistry",
                directory);
    }

    @Test
    void whatThePageShowsOfSpringBootIsInTheApplicationThatIsRun() throws IOException {
        StringBuilder application = new StringBuilder();
        try (Stream<Path> files = Files.walk(Page.PROJECT.resolve("examples/spring-boot/src"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                application.append(Files.readString(file));
            }
        }

        List<Block> blocks = Page.blocks("docs/spring-boot.md");
        assertThat(blocks).hasSizeGreaterThan(3);
        for (Block block : blocks) {
            assertThat(application).as(block.toString()).contains(block.text());
        }
    }

    @Test
    void aBackendCanBeWrittenAsThePageShows() throws IOException {
        List<Block> blocks = Page.blocks("docs/writing-a-backend.md");
        for (Block block : blocks) {
            String text = block.text();
            if (text.contains("class RouterProvider")) {
                JavaSnippet.compileClass(block, "RouterProvider", directory);
            } else if (text.contains("extends PeerSourceContract")) {
                // The reader writes the router and its fake.
                JavaSnippet.compileClass(
                        block.with(
                                        "class RouterPeerSourceTest",
                                        "import io.wgsd.testkit.contract.*;\n"
                                                + "class Router { static boolean isReachable() { return true; } }\n"
                                                + "abstract class Fixture implements PeerSourceFixture {}\n"
                                                + "class RouterPeerSourceTest")
                                .with("new RouterFixture()", "(Fixture) null"),
                        "RouterPeerSourceTest",
                        directory);
            } else if (text.startsWith("module ")) {
                assertThat(text)
                        .contains("provides io.wgsd.spi.PeerSourceProvider with com.example.router.RouterProvider");
            } else {
                assertThat(text).as("%s: no test runs this", block).isEqualTo("com.example.router.RouterProvider\n");
            }
        }
    }

    private static List<Block> java(String page) throws IOException {
        return Page.blocks(page).stream().filter(JavaPagesTest::isJava).toList();
    }

    private static boolean isJava(Block block) {
        return block.language().equals("java");
    }

    private static Block only(List<Block> blocks) {
        assertThat(blocks).hasSize(1);
        return blocks.get(0);
    }

    private static String words(String text) {
        return text.replaceAll("\\s+", " ");
    }
}
