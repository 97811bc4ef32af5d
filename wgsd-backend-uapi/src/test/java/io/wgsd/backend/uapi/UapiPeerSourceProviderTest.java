package io.wgsd.backend.uapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgsd.spi.Availability;
import io.wgsd.spi.PeerSource;
import io.wgsd.spi.PeerSourceOptions;
import io.wgsd.spi.PeerSourceProvider;
import io.wgsd.spi.UnavailableException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class UapiPeerSourceProviderTest {

    /** Older runtimes deny it to no one. */
    private static final boolean CAN_BE_DENIED = Runtime.version().feature() >= 24;

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

        assertThatThrownBy(() -> new UapiPeerSourceProvider().check(options))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("uapi.directory must be an absolute path");
    }

    @Test
    void aSettingThatItDoesNotKnowIsRefused() {
        PeerSourceOptions options = PeerSourceOptions.defaults().withSetting("uapi.directroy", "/run/wireguard");

        assertThatThrownBy(() -> new UapiPeerSourceProvider().open(options))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("unknown setting \"uapi.directroy\": did you mean \"uapi.directory\"?");
    }

    @Test
    void aTransportThatItDoesNotKnowIsRefusedBeforeItIsOpened() {
        PeerSourceOptions options = PeerSourceOptions.defaults().withSetting(UapiPeerSourceProvider.TRANSPORT, "JNR");

        assertThatThrownBy(() -> new UapiPeerSourceProvider().check(options))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("uapi.transport must be \"jdk\" or \"jnr\", was \"JNR\"");
    }

    @Test
    void whereNativeAccessIsDeniedJnrNamesTheMissingFlag() throws Exception {
        String finding = withoutNativeAccess(UapiPeerSourceProvider.JNR);

        if (CAN_BE_DENIED) {
            assertThat(finding)
                    .contains("denies native access")
                    .contains("start java with --enable-native-access=ALL-UNNAMED");
        } else {
            assertThat(finding).isEqualTo("opened");
        }
    }

    @Test
    void whereNativeAccessIsDeniedTheJavaRuntimesOwnSocketsDo() throws Exception {
        assertThat(withoutNativeAccess(UapiPeerSourceProvider.JDK)).isEqualTo("opened");
    }

    private static String withoutNativeAccess(String transport) throws IOException {
        Process java = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        CAN_BE_DENIED ? "--illegal-native-access=deny" : "-Xshare:auto",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Opening.class.getName(),
                        transport))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        return new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** Prints what comes of opening with a transport. */
    static final class Opening {
        public static void main(String... args) {
            PeerSourceOptions options =
                    PeerSourceOptions.defaults().withSetting(UapiPeerSourceProvider.TRANSPORT, args[0]);
            try (PeerSource source = new UapiPeerSourceProvider().open(options)) {
                System.out.print("opened");
            } catch (UnavailableException e) {
                System.out.print(e.getMessage());
            }
        }
    }
}
