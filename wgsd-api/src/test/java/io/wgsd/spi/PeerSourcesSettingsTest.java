package io.wgsd.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A setting that means nothing to any backend is refused where the backends are opened. */
class PeerSourcesSettingsTest {

    private final FakeProvider uapi = FakeProvider.of("uapi", 300, new FakeSource("uapi", "none", "wg0"))
            .knowing("uapi.directory", "uapi.transport");
    private final FakeProvider netlink =
            FakeProvider.of("netlink", 200, new FakeSource("netlink", "none")).knowing();

    @Test
    void aSettingThatIsMistypedIsAnsweredWithTheRightOne() {
        assertThatThrownBy(() -> open("uapi.directroy"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("unknown setting \"uapi.directroy\": did you mean \"uapi.directory\"?");
    }

    @Test
    void aBackendThatIsMistypedIsAnsweredWithTheRightOne() {
        assertThatThrownBy(() -> open("uapy.directory"))
                .hasMessage("unknown setting \"uapy.directory\": did you mean \"uapi.directory\"?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"netlink.family", "cli.program"})
    void aSettingThatIsLikeNoneIsAnsweredWithThoseThatThereAre(String name) {
        assertThatThrownBy(() -> open(name))
                .hasMessage("unknown setting \"" + name + "\": there are uapi.directory, uapi.transport");
    }

    @Test
    void aSettingOfAnotherBackendIsIgnored() throws WireGuardException {
        assertThat(open("uapi.directory").read("wg0").name()).isEqualTo("wg0");
    }

    @Test
    void aBackendThatDoesNotListItsSettingsTakesAllThatBeginWithItsName() {
        FakeProvider old = FakeProvider.of("old", 1, new FakeSource("old", "none"));
        assertThat(PeerSources.of(List.of(uapi, old), set("old.anything")).backends())
                .hasSize(2);
        assertThatThrownBy(() -> PeerSources.of(List.of(uapi, old), set("older.anything")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aSettingMayBeThatOfABackendThatFailedToLoad() {
        BackendStatus lost = new BackendStatus("com.example.Lost", 0, Availability.unavailable("it is gone", ""));
        assertThat(new PeerSources(List.of(uapi), List.of(lost), set("lost.url")).backends())
                .hasSize(2);
        assertThatThrownBy(() -> new PeerSources(List.of(uapi), List.of(lost), set("uapi.url")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aValueThatItsBackendCannotUseIsRefusedBeforeAnythingIsOpened() {
        uapi.checking(options -> {
            throw new IllegalArgumentException("uapi.directory must be an absolute path");
        });
        assertThatThrownBy(() -> open("uapi.directory")).hasMessage("uapi.directory must be an absolute path");
    }

    @Test
    void aValueThatTurnsOutWrongOnlyWhenOpeningIsTheCallersToo() {
        uapi.opening(() -> {
            throw new IllegalArgumentException("uapi.directory must be absolute");
        });
        PeerSources sources = open("uapi.directory");
        assertThatThrownBy(() -> sources.read("wg0"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("uapi.directory must be absolute");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "directory", ".directory", "uapi.", "uapi. directory", "uapi.*", " uapi.directory"})
    void aNameThatIsNotABackendsNameAndAWordIsRefusedAtOnce(String name) {
        assertThatThrownBy(() -> set(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "a setting's name must be a backend's name, a dot and a word, as in \"uapi.directory\", was \""
                                + name + "\"");
    }

    @Test
    void nullIsRefusedByName() {
        PeerSourceOptions options = PeerSourceOptions.defaults();
        assertThatThrownBy(() -> options.withTimeout(null)).hasMessage("timeout");
        assertThatThrownBy(() -> options.withSetting(null, "a")).hasMessage("name");
        assertThatThrownBy(() -> options.withSetting("uapi.directory", null)).hasMessage("value of uapi.directory");
    }

    @Test
    void noOptionsAreRefusedByName() {
        assertThatThrownBy(() -> PeerSources.of(List.of(uapi), null)).hasMessage("options");
    }

    private PeerSources open(String setting) {
        return PeerSources.of(List.of(netlink, uapi), set(setting));
    }

    private static PeerSourceOptions set(String name) {
        return PeerSourceOptions.defaults().withSetting(name, "/run/a");
    }
}
