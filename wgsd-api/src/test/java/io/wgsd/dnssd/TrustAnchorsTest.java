package io.wgsd.dnssd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgsd.model.FormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrustAnchorsTest {

    private static final DnsSdNames ZONE = Samples.NAMES;

    @Test
    void filesThatTheToolsWriteAreRead() {
        SigningKey key = SigningKey.generate(ZONE, SigningAlgorithm.ED25519, Instant.EPOCH);

        assertThat(TrustAnchors.parse(ZONE, key.ds() + "\n; a comment\n" + KeyFile.publicText(key)))
                .containsExactly(key.ds(), key.dnskey());
        assertThat(TrustAnchors.parse(ZONE, "example.com. IN DS " + key.ds().rdataToString()))
                .containsExactly(key.ds());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "; nothing",
                "example.com. IN A 10.0.0.1",
                "example.org. IN DS 3613 15 2 3AA5AB37EFCE57F737FC1627013FEE07BDF241BD10F3B1964AB55C78E79A304B",
                "example.com. IN DS 3613",
                "not a record",
                "$INCLUDE /etc/passwd",
                "$GENERATE 1-1000000 a$ A 10.0.0.1",
            })
    void anythingElseIsRefused(String text) {
        assertThatThrownBy(() -> TrustAnchors.parse(ZONE, text))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("must be a DS or DNSKEY record");
    }

    @Test
    void aFileIsReadOnlyIfNoOtherUserMayChangeIt(@TempDir Path folder) throws IOException {
        SigningKey key = SigningKey.generate(ZONE, SigningAlgorithm.ED25519, Instant.EPOCH);
        Path file = Files.writeString(folder.resolve("anchor"), key.ds() + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(TrustAnchors.read(ZONE, file)).containsExactly(key.ds());
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
        assertThatThrownBy(() -> TrustAnchors.read(ZONE, file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file.toString());
    }
}
