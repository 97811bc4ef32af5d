package io.wgsd.tests.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.tests.process.Background;
import io.wgsd.tests.process.Program;
import io.wgsd.tests.process.Wgsd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A mistake in a configuration file is reported with its line, the setting, and what to do. */
@Timeout(120)
class ConfigFileTest {

    @TempDir
    private Path folder;

    /** The fourth line is the one that varies; {@code ;} is a new line. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            alow = ["any"] | 2 | 4: alow: there is no such setting; there are: add-members, allow,
            allow = "10.0.0.0/40" | 2 | 4: allow: prefix "10.0.0.0/40": must be
            allow = ["192.0.2.0/24", "10.0.0.0/40"] | 2 | 4: allow: prefix "10.0.0.0/40": must be
            allow = 7.5 | 2 | 4: allow: must be text in quotes, or a number
            listen = ["127.0.0.1:99999"] | 2 | 4: listen: Invalid value for option
            device = "wg1" | 2 | 4
            max-age = 0 | 2 | 4: max-age: max-age must be 1s to 365d, was 0s
            max-age = [1, 2] | 2 | 4: max-age: must be one value, not a list
            max-age = "soon" | 2 | 4: max-age: Invalid value for option
            enumerate = true | 2 | 4: enumerate: enumerate needs allow
            sign = "/nosuch" | 1 | 4: sign: there is no folder /nosuch with keys
            update-to = "192.0.2.53" | 2 | 4: update-to: update-to and tsig need each other
            allow-key = ["a:hmac-sha256:/nosuch"] | 1 | 4: allow-key: there is no file /nosuch
            state = true | 2 | 4: state: must have a value, as DIR
            listen = [ | 2 | 5: Unexpected end of input
            peers.alice = "short" | 2 | 4: peers.alice: public key "short"
            visibility = "all" | 2 | 4: visibility: must be a table, below a line [registry.visibility]
            visibility.groups = ["alice"] | 2 | 4: visibility.groups: must have lists of peers
            visibility.groups = [["alice"]] | 2 | 4: visibility.groups: "alice" is neither a public key nor a name
            visibility.seen = [] | 2 | 4: visibility.seen: there is no such setting; there are: groups, sees, seen-by-all
            [[registry]];zone = "example.com";device = "nosuch0" | 2 | 4: zone example.com of device nosuch0 is there twice
            [[registry]] | 2 | 4: Missing required option: 'zone=ZONE'
            [other] | 2 | 4: "other" is not allowed here; settings go below a line [[registry]]
            """)
    void aMistakeIsReportedWithItsLine(String fourth, int status, String words) throws Exception {
        String text = "[[registry]]\nzone = \"example.com\"\ndevice = \"nosuch0\"\n" + fourth.replace(';', '\n') + "\n";

        Program.Result result = registry(text);

        assertThat(result.output()).startsWith("wgsd: " + folder.resolve("wgsd.toml") + ":" + words);
        assertThat(result.output().lines()).hasSize(1);
        assertThat(result.status()).isEqualTo(status);
    }

    @Test
    void aCorrectFileLeadsToTheDevice() throws Exception {
        Path file = Files.writeString(folder.resolve("wgsd.toml"), """
                # a comment
                log-level = "warn"

                [[registry]]
                zone = "example.com"
                device = "nosuch0"
                listen = ["127.0.0.1:5300"]
                allow = ["192.0.2.0/24", "any"]
                enumerate = true
                self = false
                max-age = 180
                identity = "ns1"

                [registry.peers]
                alice = "xScVkH3fUGUv4RrJFfmcqm8rs3SEHr41km6+yffAHw4="
                bob = "syKB97XhGnvC+kynh2KqQJPXoOoOpx/HmpMRTc+r4js="

                [registry.visibility]
                groups = [["alice", "bob"]]
                seen-by-all = ["xScVkH3fUGUv4RrJFfmcqm8rs3SEHr41km6+yffAHw4="]
                sees = { bob = "all", alice = ["bob"] }
                """);

        Wgsd.require();
        try (Background registry = Background.start(new ProcessBuilder(Wgsd.command(
                "registry",
                "--config",
                file.toString(),
                "--status-dir",
                folder.resolve("status").toString())))) {
            registry.awaitLine("; waiting for it");
            assertThat(registry.output()).containsPattern("^\\S+Z WARN no device \"nosuch0\": ");
            assertThat(registry.terminate()).isZero();
            assertThat(registry.output()).doesNotContain("INFO");
        }
    }

    @Test
    void aLevelThatDoesNotExistIsReportedWithItsLine() throws Exception {
        assertThat(registry("log-level = \"loud\"\n[[registry]]\nzone = \"example.com\"\ndevice = \"nosuch0\"\n")
                        .output())
                .endsWith("wgsd.toml:1: log-level \"loud\" is no level; there are: error, warn, info, debug\n");
    }

    @Test
    void aFileWithoutARegistryIsReported() throws Exception {
        assertThat(registry("# nothing\n").output())
                .contains("there is no registry; it begins with a line [[registry]]");
    }

    @Test
    void aMissingFileIsReported() throws Exception {
        assertThat(run("registry", "--config", "/nosuch.toml").output())
                .isEqualTo(
                        "wgsd: cannot read the configuration file /nosuch.toml: there is no such file or directory\n");
    }

    @Test
    void aFileReplacesAllOtherOptions() throws Exception {
        assertThat(run("registry", "--config", "/nosuch.toml", "--zone", "example.com")
                        .output())
                .contains("--config has the zone and the device in it");
    }

    private Program.Result registry(String text) throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("wgsd.toml"), text);
        return run("registry", "--config", file.toString());
    }

    private static Program.Result run(String... arguments) throws IOException, InterruptedException {
        Wgsd.require();
        return Program.run(Duration.ofSeconds(60), new ProcessBuilder(Wgsd.command(arguments)));
    }
}
