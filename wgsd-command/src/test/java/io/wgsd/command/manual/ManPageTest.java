package io.wgsd.command.manual;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ManPageTest {

    private static final CommandText TOOL = Sample.tool();

    @TempDir
    private Path folder;

    @Test
    void aPageIsNamedAfterAllOfTheCommand() {
        assertThat(TOOL.all())
                .extracting(ManPage::name)
                .containsExactly("tool", "tool-run", "tool-key", "tool-key-new");
    }

    @Test
    void aNameSaysWhatTheCommandDoesInOneLine() {
        assertThat(page("tool-run")).contains(".SH NAME\ntool\\-run \\- runs it\n");
        assertThat(page("tool")).contains(".SH NAME\ntool \\- a tool\n");
    }

    @Test
    void aSynopsisHasWhatIsRequired() {
        assertThat(page("tool-run"))
                .contains(".SH SYNOPSIS\n\\fBtool run\\fR \\fB\\-\\-zone\\fR=\\fIZONE\\fR [\\fIOPTION\\fR]... ["
                        + "\\fIDEVICE\\fR]\n");
        assertThat(page("tool-key")).contains(".SH SYNOPSIS\n\\fBtool key\\fR [\\fIOPTION\\fR]... \\fICOMMAND\\fR\n");
    }

    @Test
    void eachOptionIsDescribedButNotAHiddenOne() {
        assertThat(page("tool-run"))
                .contains(".TP\n\\fB\\-zone\\fR, \\fB\\-\\-zone\\fR=\\fIZONE\\fR\nThe zone's name: [any].\n")
                .contains("\nHow it runs (default: fast).\n")
                .contains(".TP\n\\fB\\-\\-self\\fR[=\\fIHOST:PORT\\fR]\n")
                .doesNotContain("secret");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void manShowsAllOfItAndWarnsOfNothing() throws IOException, InterruptedException {
        String file = Sample.write(folder, "tool-run.1", page("tool-run")).toString();

        List<String> shown = Sample.run("man-db", folder, "man", "--warnings", "-E", "UTF-8", "-l", file);

        assertThat(String.join("\n", shown))
                .contains("TOOL-RUN(1)", ".profile is not read.", "Its \"configuration\".", "1.0")
                .doesNotContain("warning");
    }

    private static String page(String name) {
        return TOOL.all()
                .filter(command -> ManPage.name(command).equals(name))
                .map(command -> ManPage.of(command, TOOL, "tool 1.0"))
                .findFirst()
                .orElseThrow();
    }
}
