package io.wgsd.command.join;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.model.IpPrefix;
import io.wgsd.model.PublicKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How services are taken back where systemd runs. */
class LeavingTest {

    private static final String UNIT = "wgsd-registry.service";

    @TempDir
    private Path directory;

    private final Systemd host = new Systemd();
    private Places.Files files;
    private Made made;

    @BeforeEach
    void begin() throws IOException {
        files = new Places.Files("wgsd0", directory, directory.resolve("state"));
        made = Made.begin(files.made(), "hub", "example.com", PublicKey.parse(InvitationTest.KEY));
    }

    @Test
    void aServiceIsDisabledBeforeItsFilesAreGone() throws Exception {
        made.note(Made.Kind.FILE, file("wgsd0.conf"));
        made.note(Made.Kind.UNIT, "wg-quick@wgsd0.service");

        new Leaving(host, files).undo(made);

        assertThat(host.ran).containsExactly("systemctl disable --now wg-quick@wgsd0.service");
        assertThat(directory.resolve("wgsd0.conf")).doesNotExist();
    }

    @Test
    void aServiceThatIsNotInstalledKeepsNothingFromBeingTakenBack() throws Exception {
        made.note(Made.Kind.FILE, file("wgsd0.conf"));
        made.note(Made.Kind.UNIT, "wg-quick@wgsd0.service");
        host.missing.add("wg-quick@wgsd0.service");

        new Leaving(host, files).undo(made);

        assertThat(directory.resolve("wgsd0.conf")).doesNotExist();
        assertThat(files.made()).doesNotExist();
    }

    @Test
    void theRegistriesThatAreLeftGoOn() throws Exception {
        settings();
        made.note(Made.Kind.UNIT, UNIT);
        Files.writeString(files.registries(), Files.readString(files.registries()) + "[[registry]]\n");

        new Leaving(host, files).undo(made);

        assertThat(host.ran).containsExactly("systemctl reload-or-restart " + UNIT);
        assertThat(files.registries()).hasContent("[[registry]]\n");
    }

    @Test
    void aServiceThatHasNoRegistryLeftIsDisabled() throws Exception {
        made.note(Made.Kind.RELOAD, UNIT);
        settings();

        new Leaving(host, files).undo(made);

        assertThat(host.ran).containsExactly("systemctl disable --now " + UNIT);
        assertThat(files.registries()).doesNotExist();
    }

    private String file(String name) throws IOException {
        return Files.writeString(directory.resolve(name), "").toString();
    }

    private void settings() throws IOException {
        made.note(Made.Kind.SETTINGS, files.registries().toString());
        Files.writeString(files.registries(), HostFiles.registry(Invitation.parse(InvitationTest.WORDS), files));
    }

    /** A host with systemd, all of whose units are installed and work, save for some. */
    private static final class Systemd implements Host {

        private final List<String> ran = new ArrayList<>();
        private final Set<String> missing = new HashSet<>();

        @Override
        public boolean isLinux() {
            return true;
        }

        @Override
        public boolean hasSystemd() {
            return true;
        }

        @Override
        public boolean hasInterface(String name) {
            return false;
        }

        @Override
        public List<IpPrefix> networksBeside(String device) {
            return List.of();
        }

        @Override
        public boolean succeeds(String... command) {
            return missing.stream().noneMatch(List.of(command)::contains);
        }

        @Override
        public void run(String... command) throws IOException {
            if (!succeeds(command)) {
                throw new IOException("Unit " + command[command.length - 1] + " does not exist.");
            }
            ran.add(String.join(" ", command));
        }
    }
}
