package io.wgsd.backend.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgsd.spi.Availability;
import io.wgsd.spi.PeerSource;
import io.wgsd.spi.PeerSourceOptions;
import io.wgsd.spi.PeerSourceProvider;
import io.wgsd.spi.UnavailableException;
import io.wgsd.testkit.memory.MemoryWireGuard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CliPeerSourceProviderTest {

    @TempDir
    private Path folder;

    @Test
    void itIsFoundByServiceLoader() {
        assertThat(ServiceLoader.load(PeerSourceProvider.class)).singleElement().satisfies(provider -> {
            assertThat(provider.name()).isEqualTo("cli");
            assertThat(provider.priority()).isEqualTo(100);
        });
    }

    @Test
    void aProgramShowsItsVersion() {
        FakeWg wg = new FakeWg(MemoryWireGuard.of(InstantSource.system()), FakeWg.OLD);

        assertThat(CliPeerSourceProvider.probe(Path.of("/usr/bin/wg"), wg))
                .isEqualTo(Availability.available("/usr/bin/wg 1.0.20210914"));
    }

    @Test
    void aProgramThatFailsIsUnavailable() {
        FakeWg wg = new FakeWg(MemoryWireGuard.of(InstantSource.system()), FakeWg.OLD);
        wg.refusal = "Exec format error";
        Availability finding = CliPeerSourceProvider.probe(Path.of("/usr/bin/wg"), wg);

        assertThat(finding.isAvailable()).isFalse();
        assertThat(finding.reason()).contains("/usr/bin/wg does not run").contains("Exec format error");
    }

    @Test
    void theProgramIsLookedForInAbsoluteFoldersOnly() throws IOException {
        Path wg = program("wg", "echo");

        assertThat(WgFinder.find("relative:" + folder + ":/nowhere")).contains(wg);
        assertThat(WgFinder.find(".")).isNotEqualTo(Optional.of(Path.of("wg")));
    }

    @Test
    void aFolderOfThatNameIsNoProgram() throws IOException {
        Files.createDirectory(folder.resolve("wg"));

        assertThat(WgFinder.find(folder.toString())).isNotEqualTo(Optional.of(folder.resolve("wg")));
    }

    @Test
    void anotherProgramCanBeNamed() throws Exception {
        Path other =
                program("other-wg", "if [ $1 = --version ]; then echo 'wireguard-tools v1.0.20250521'; else echo; fi");
        PeerSourceOptions options =
                PeerSourceOptions.defaults().withSetting(CliPeerSourceProvider.PROGRAM, other.toString());

        try (PeerSource source = new CliPeerSourceProvider().open(options)) {
            assertThat(source.deviceNames()).isEmpty();
        }
    }

    @Test
    void aFileThatIsNoProgramIsUnavailable() {
        PeerSourceOptions options = PeerSourceOptions.defaults()
                .withSetting(
                        CliPeerSourceProvider.PROGRAM, folder.resolve("none").toString());

        assertThatThrownBy(() -> new CliPeerSourceProvider().open(options))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("is not a program; correct cli.program");
    }

    @ParameterizedTest
    @ValueSource(strings = {CliPeerSourceProvider.PROGRAM, CliPeerSourceProvider.DIRECTORY})
    void pathsMustBeAbsolute(String setting) throws IOException {
        PeerSourceOptions options = PeerSourceOptions.defaults()
                .withSetting(
                        CliPeerSourceProvider.PROGRAM, program("wg", "echo").toString())
                .withSetting(setting, "wg");

        assertThatThrownBy(() -> new CliPeerSourceProvider().open(options))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(setting + " must be an absolute path");
    }

    @ParameterizedTest
    @ValueSource(strings = {"wg", "", "/usr/\0"})
    void aValueThatIsNoAbsolutePathIsRefusedWithTheSettingsName(String value) {
        PeerSourceOptions options = PeerSourceOptions.defaults().withSetting(CliPeerSourceProvider.DIRECTORY, value);

        assertThatThrownBy(() -> new CliPeerSourceProvider().check(options))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cli.directory must be an absolute path");
    }

    @Test
    void aSettingThatItDoesNotKnowIsRefused() {
        PeerSourceOptions options = PeerSourceOptions.defaults().withSetting("cli.programm", "/usr/bin/wg");

        assertThatThrownBy(() -> new CliPeerSourceProvider().open(options))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("unknown setting \"cli.programm\": did you mean \"cli.program\"?");
    }

    private Path program(String name, String script) throws IOException {
        Path file = folder.resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return file;
    }
}
