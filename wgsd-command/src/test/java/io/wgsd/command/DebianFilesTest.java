package io.wgsd.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.OffsetDateTime;
import org.junit.jupiter.api.Test;

class DebianFilesTest {

    @Test
    void unitsHaveThePackagesPathsAndItsUser() {
        assertThat(DebianFiles.unit("""
                Documentation=file:/opt/wgsd/README.md
                ExecStart=/opt/wgsd/wgsd registry
                DynamicUser=yes
                User=wgsd
                """)).isEqualTo("""
                Documentation=file:/usr/share/doc/wgsd/README.md
                ExecStart=/usr/bin/wgsd registry
                User=wgsd
                """);
    }

    /** A tilde, because what is before a release must be less than it. */
    @Test
    void theChangelogHasTheVersionAsDebianOrdersIt() {
        assertThat(DebianFiles.changelog(
                        "1.2.0-SNAPSHOT", "a@example.com", OffsetDateTime.parse("2026-11-01T00:00:00Z")))
                .startsWith("wgsd (1.2.0~SNAPSHOT) unstable; urgency=medium\n\n  * ")
                .endsWith("\n\n -- The wgsd authors <a@example.com>  Sun, 01 Nov 2026 00:00:00 +0000\n");
    }
}
