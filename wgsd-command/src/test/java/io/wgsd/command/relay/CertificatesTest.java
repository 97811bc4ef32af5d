package io.wgsd.command.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgsd.command.log.Log;
import io.wgsd.command.options.RelaySettings;
import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.internal.tls.SelfSigned;
import io.wgsd.internal.tls.TlsPin;
import io.wgsd.model.Endpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificatesTest {

    @TempDir
    Path folder;

    private final List<String> reports = new ArrayList<>();
    private RelaySettings settings;
    private long now;

    @BeforeEach
    void name() {
        settings = new RelaySettings(
                DnsSdNames.parse("example.com"), List.of(Endpoint.parse("192.0.2.1:443")), folder, Optional.empty());
    }

    @Test
    void aCertificateIsMadeOnceAndKept() throws IOException {
        TlsPin pin = open(List.of()).pin();
        assertThat(settings.tlsFiles())
                .allSatisfy(file -> assertThat(Files.getPosixFilePermissions(file))
                        .isEqualTo(PosixFilePermissions.fromString("rw-------")));
        assertThat(open(List.of()).pin()).isEqualTo(pin);
    }

    @Test
    void aCertificateThatWasReplacedIsShownWithinTenSeconds() throws IOException {
        List<Path> files = files();
        write(files, SelfSigned.make("one", Instant.now()), 1);
        Certificates certificates = open(files);
        TlsPin before = certificates.pin();
        write(files, SelfSigned.make("other", Instant.now()), 2);

        now += Duration.ofSeconds(9).toNanos();
        certificates.get();
        assertThat(certificates.pin()).isEqualTo(before);
        now += Duration.ofSeconds(1).toNanos();
        certificates.get();
        assertThat(certificates.pin()).isNotEqualTo(before);
        assertThat(reports).containsExactly("the certificate for TLS was read again; its pin is " + certificates.pin());
    }

    @Test
    void oneThatMakesNoSenseIsReportedOnceAndChangesNothing() throws IOException {
        List<Path> files = files();
        write(files, SelfSigned.make("one", Instant.now()), 1);
        Certificates certificates = open(files);
        TlsPin before = certificates.pin();
        Files.writeString(files.get(0), SelfSigned.make("other", Instant.now()).certificate());
        Files.setLastModifiedTime(files.get(0), FileTime.fromMillis(3));
        for (int i = 0; i < 3; i++) {
            now += Duration.ofSeconds(10).toNanos();
            certificates.get();
        }
        assertThat(certificates.pin()).isEqualTo(before);
        assertThat(reports).singleElement().asString().contains("the key does not belong to the certificate");
    }

    @Test
    void aKeyThatOthersMayReadIsRefused() throws IOException {
        List<Path> files = files();
        write(files, SelfSigned.make("one", Instant.now()), 1);
        Files.setPosixFilePermissions(files.get(1), PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> open(files))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(files.get(1).toString());
    }

    private Certificates open(List<Path> files) throws IOException {
        return Certificates.open(files, settings, new Log((level, line) -> reports.add(line)), () -> now);
    }

    private List<Path> files() {
        return List.of(folder.resolve("cert.pem"), folder.resolve("key.pem"));
    }

    private static void write(List<Path> files, SelfSigned made, long at) throws IOException {
        Files.writeString(files.get(0), made.certificate());
        Files.writeString(files.get(1), made.key());
        Files.setPosixFilePermissions(files.get(1), PosixFilePermissions.fromString("rw-------"));
        for (Path file : files) {
            Files.setLastModifiedTime(file, FileTime.fromMillis(at));
        }
    }
}
