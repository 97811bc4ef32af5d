package io.wgsd.tests.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A test follows each page: it runs every block, or says why not. */
class PagesTest {

    /**
     * Pages without code, perhaps with drawings in blocks of {@code text}; code that is put there later needs a test.
     */
    private static final List<String> WITHOUT =
            List.of("docs/architecture.md", "docs/conformance.md", "docs/paths.md", "docs/port-mapping.md");

    @Test
    void eachPageIsFollowedByATest() throws IOException {
        List<String> followed = Stream.of(
                        List.of(ReadmeTest.PAGE, InstallingPageTest.PAGE),
                        AlertsPageTest.PAGES,
                        OperatorPagesTest.PAGES,
                        NameServerPagesTest.PAGES,
                        ResolversPageTest.PAGES,
                        ScalePageTest.PAGES,
                        JavaPagesTest.PAGES)
                .flatMap(List::stream)
                .toList();
        List<String> all = new ArrayList<>(Page.names());
        all.removeAll(WITHOUT);

        assertThat(followed).containsAll(all);
    }

    @Test
    void pagesWithoutATestHaveNothingToRun() throws IOException {
        for (String page : WITHOUT) {
            assertThat(Page.blocks(page)).allMatch(block -> block.language().equals("text"));
        }
    }

    @Test
    void blocksAreFencedOrIndented() throws IOException {
        List<Block> blocks = Page.blocks("docs/configuration.md");

        assertThat(blocks).anyMatch(block -> block.language().equals("toml"));
        assertThat(blocks)
                .anyMatch(block -> block.language().isEmpty() && block.text().startsWith("./wgsd "));
        assertThat(blocks).allMatch(block -> !block.heading().isEmpty());
    }

    @Test
    void aCommandThatIsContinuedIsOne() {
        Block block = new Block("page", 1, "", "", "./wgsd registry \\\n    --zone a  # why\n\n# nothing\ndig b\n");

        assertThat(block.commands()).containsExactly("./wgsd registry --zone a", "dig b");
    }
}
