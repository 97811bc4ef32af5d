package io.wgsd.backend.uapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgsd.spi.Availability;
import io.wgsd.spi.PeerSource;
import io.wgsd.spi.PeerSourceOptions;
import io.wgsd.spi.PeerSourceProvider;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class UapiPeerSourceProviderTest {

    @Test
    void itIsFoundByServiceLoader() {
        assertThat(ServiceLoader.load(PeerSourceProvider.class))
                .hasAtLeastOneElementOfType(UapiPeerSourceProvider.class);
    }

    @Test
    void itComesBeforeTheKernelAsWgHasIt() {
        PeerSourceProvider provider = new UapiPeerSourceProvider();

        assertThat(provider.name()).isEqualTo("uapi");
        assertThat(provider.priority()).isEqualTo(300);
    }

    @Test
    void itIsAvailableWhereNativeCodeIs() {
        Availability availability = new UapiPeerSourceProvider().probe();

        assertThat(availability.isAvailable()).isTrue();
        assertThat(availability.reason()).contains("/var/run/wireguard");
    }

    @Test
    void itNeedsNoDirectoryToOpen() throws Exception {
        PeerSourceOptions options =
                PeerSourceOptions.defaults().withSetting(UapiPeerSourceProvider.DIRECTORY, "/does/not/exist");
        try (PeerSource source = new UapiPeerSourceProvider().open(options)) {
            assertThat(source.deviceNames()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "run/wireguard", "/run/\u0000"})
    void aDirectoryMustBeAnAbsolutePath(String directory) {
        PeerSourceOptions options =
                PeerSourceOptions.defaults().withSetting(UapiPeerSourceProvider.DIRECTORY, directory);

        assertThatThrownBy(() -> new UapiPeerSourceProvider().open(options))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whereNativeAccessIsDeniedTheMissingFlagIsNamed() throws Exception {
        // Older runtimes deny it to no one.
        boolean canBeDenied = Runtime.version().feature() >= 24;
        Process java = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        canBeDenied ? "--illegal-native-access=deny" : "-Xshare:auto",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Probe.class.getName()))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();

        String finding = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (canBeDenied) {
            assertThat(finding)
                    .contains("denies native access")
                    .endsWith("start java with --enable-native-access=ALL-UNNAMED");
        } else {
            assertThat(finding).startsWith("sockets are looked for in ");
        }
    }

    /** Prints what the probe finds. */
    static final class Probe {
        public static void main(String... args) {
            System.out.print(new UapiPeerSourceProvider().probe());
        }
    }
}
