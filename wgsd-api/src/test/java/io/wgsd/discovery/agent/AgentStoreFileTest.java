package io.wgsd.discovery.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgsd.discovery.AgentStore;
import io.wgsd.discovery.AgentStore.Kept;
import io.wgsd.model.Endpoint;
import io.wgsd.model.PublicKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentStoreFileTest {

    private static final PublicKey ALICE = PublicKey.parse("xScVkH3fUGUv4RrJFfmcqm8rs3SEHr41km6+yffAHw4=");
    private static final PublicKey BOB = PublicKey.parse("syKB97XhGnvC+kynh2KqQJPXoOoOpx/HmpMRTc+r4js=");

    @TempDir
    private Path folder;

    @Test
    void whatIsKeptIsReadBack() throws IOException {
        Kept kept = Kept.builder()
                .endpoints(Map.of(ALICE, Endpoint.parse("198.51.100.1:51820")))
                .lentKeepalives(Set.of(BOB))
                .addedRelays(Set.of(ALICE, BOB))
                .switchedKeepalives(Map.of(ALICE, Duration.ZERO, BOB, Duration.ofSeconds(25)))
                .build();
        file().save(kept);
        assertThat(file().load()).isEqualTo(kept);
    }

    @Test
    void aLineThatMakesNoSenseSetsTheWholeFileAside() throws IOException {
        Path state = Files.writeString(path(), "keepalive " + BOB.toBase64() + "\nnonsense\n");
        assertThatThrownBy(() -> file().load())
                .hasMessage(
                        "state file " + state + ":2 is no line that an agent writes; it is now " + state + ".unusable");
        assertThat(file().load()).isEqualTo(Kept.nothing());
    }

    /** An agent switches a keepalive in it off when it starts, so others must not be able to write one there. */
    @Test
    void aFileThatAnotherUserMayChangeIsSetAside() throws IOException {
        Path state = Files.writeString(path(), "keepalive " + BOB.toBase64() + "\n");
        Files.setPosixFilePermissions(state, PosixFilePermissions.fromString("rw-rw-rw-"));
        assertThatThrownBy(() -> file().load()).hasMessageContaining("cannot be trusted");
        assertThat(file().load()).isEqualTo(Kept.nothing());
    }

    @Test
    void aFileThatIsNotThereHoldsNothing() throws IOException {
        assertThat(file().load()).isEqualTo(Kept.nothing());
    }

    @Test
    void theFileIsForItsUserAloneAndItsFolderIsMade() throws IOException {
        Path path = folder.resolve("new/wg0.agent");
        AgentStore.inFile(path).save(Kept.builder().lentKeepalives(Set.of(BOB)).build());
        assertThat(Files.getPosixFilePermissions(path)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    private Path path() {
        return folder.resolve("wg0.agent");
    }

    private AgentStore file() {
        return AgentStore.inFile(path());
    }
}
