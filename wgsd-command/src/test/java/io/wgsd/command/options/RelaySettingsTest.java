package io.wgsd.command.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.model.Endpoint;
import io.wgsd.model.SecretKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The relay's key in its file. */
class RelaySettingsTest {

    @TempDir
    private Path folder;

    private Path file;
    private RelaySettings settings;

    @BeforeEach
    void settings() {
        Path state = folder.resolve("state");
        file = state.resolve("example.com.relay.key");
        settings = new RelaySettings(
                DnsSdNames.parse("Example.com"), List.of(Endpoint.parse("192.0.2.1:443")), state, Optional.empty());
    }

    @Test
    void theKeyIsMadeForItsOwnerAloneAndIsTheSameAtTheNextStart() throws IOException {
        SecretKey first = settings.key();

        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(settings.key()).isEqualTo(first);
        assertThat(Files.readString(file)).hasSize(45).endsWith("\n");
    }

    @Test
    void aKeyThatOthersMayReadIsRefused() throws IOException {
        settings.key();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

        assertThatThrownBy(settings::key)
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("chmod 600");
    }

    @Test
    void whatIsNoKeyIsRefusedAndNeitherQuotedNorReplaced() throws IOException {
        settings.key();
        Files.writeString(file, "no-key-at-all\n");

        assertThatThrownBy(settings::key)
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file + " is no private key")
                .hasMessageNotContaining("no-key-at-all");
        assertThat(Files.readString(file)).isEqualTo("no-key-at-all\n");
    }
}
