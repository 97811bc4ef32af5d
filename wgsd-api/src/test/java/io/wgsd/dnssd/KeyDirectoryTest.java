package io.wgsd.dnssd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys in a folder. */
class KeyDirectoryTest {

    private static final DnsSdNames ZONE = Samples.NAMES;
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    @TempDir
    private Path folder;

    @Test
    void newKeysAreFoundTheOldestFirst() throws IOException {
        KeyDirectory keys = new KeyDirectory(folder.resolve("new"));
        SigningKey second = keys.create(ZONE, SigningAlgorithm.ED25519, NOW.plusSeconds(5));
        SigningKey first = keys.create(ZONE, SigningAlgorithm.ECDSA_P256, NOW);
        keys.create(DnsSdNames.parse("example.org"), SigningAlgorithm.ED25519, NOW);

        assertThat(keys.keys(ZONE, NOW.plusSeconds(5)))
                .map(SigningKey::dnskey)
                .containsExactly(first.dnskey(), second.dnskey());
    }

    @Test
    void onlyItsOwnerCanReadAPrivateKey() throws IOException {
        new KeyDirectory(folder).create(ZONE, SigningAlgorithm.ED25519, NOW);

        try (var files = Files.newDirectoryStream(folder, "*.private")) {
            for (Path file : files) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .isEqualTo("rw-------");
            }
        }
    }

    @Test
    void aDeletedKeyIsGone() throws IOException {
        KeyDirectory keys = new KeyDirectory(folder);
        keys.delete(keys.create(ZONE, SigningAlgorithm.ED25519, NOW));

        assertThat(keys.keys(ZONE, NOW)).isEmpty();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aFolderThatDoesNotExistIsReported() {
        assertThatThrownBy(() -> new KeyDirectory(folder.resolve("no")).keys(ZONE, NOW))
                .isInstanceOf(IOException.class)
                .hasMessageMatching("there is no folder .*/no with keys; make one, and a key in it.*");
    }

    @Test
    void aKeyWithoutItsOtherFileIsReported() throws IOException {
        KeyDirectory keys = new KeyDirectory(folder);
        SigningKey key = keys.create(ZONE, SigningAlgorithm.ED25519, NOW);
        Files.delete(folder.resolve(KeyFile.baseName(key) + ".private"));

        assertThatThrownBy(() -> keys.keys(ZONE, NOW))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("which goes with the other one of that key");
    }
}
