package io.wgsd.examples.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgsd.spi.PeerSource;
import io.wgsd.spi.PeerSourceOptions;
import io.wgsd.spi.PeerSourceProvider;
import io.wgsd.spi.PeerSources;
import io.wgsd.spi.UnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ApplianceProviderTest {

    @TempDir
    Path directory;

    @Test
    void itCanBeUsedBesideOtherBackends() throws IOException {
        Path token = Files.writeString(directory.resolve("token"), Appliance.TOKEN + "\n");
        try (Appliance appliance = new Appliance()) {
            appliance.wireGuard().create("wg7");
            PeerSourceOptions options = PeerSourceOptions.defaults()
                    .withSetting(ApplianceProvider.URL, appliance.url())
                    .withSetting(ApplianceProvider.TOKEN_FILE, token.toString());

            try (PeerSource joined = PeerSources.of(List.of(new ApplianceProvider()), options)) {
                assertThat(joined.deviceNames()).containsExactly("wg7");
            }
        }
    }

    @Test
    void whereNoApplianceIsNamedItIsUnavailableAndSaysWhatToSet() {
        assertThatThrownBy(() -> new ApplianceProvider().open(PeerSourceOptions.defaults()))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("set appliance.url and appliance.token-file");
    }

    @Test
    void secretsAreNotSentInTheClear() throws IOException {
        Path token = Files.writeString(directory.resolve("token"), "any");
        PeerSourceOptions options = PeerSourceOptions.defaults()
                .withSetting(ApplianceProvider.URL, "http://router.example.com")
                .withSetting(ApplianceProvider.TOKEN_FILE, token.toString());

        assertThatThrownBy(() -> new ApplianceProvider().open(options))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must be an https URL");
    }

    @Test
    void aSettingThatItDoesNotKnowIsRefused() {
        PeerSourceOptions options = PeerSourceOptions.defaults().withSetting("appliance.tokenfile", "/run/token");

        assertThatThrownBy(() -> new ApplianceProvider().open(options))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("unknown setting \"appliance.tokenfile\": did you mean \"appliance.token-file\"?");
    }

    @Test
    void aTokenThatCannotBeReadIsReportedAsMissing() {
        PeerSourceOptions options = PeerSourceOptions.defaults()
                .withSetting(ApplianceProvider.URL, "https://router.example.com")
                .withSetting(
                        ApplianceProvider.TOKEN_FILE, directory.resolve("none").toString());

        assertThatThrownBy(() -> new ApplianceProvider().open(options))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("see to appliance.token-file");
    }

    @Test
    void anExampleIsNotAmongTheBackendsOfTheCommand() {
        assertThat(ServiceLoader.load(PeerSourceProvider.class).stream()
                        .filter(provider -> provider.type().equals(ApplianceProvider.class)))
                .isEmpty();
    }
}
