package io.wgsd.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a backend need not write itself. */
class PeerSourceDefaultsTest {

    private static final class OneDevice extends DefaultsSource {
        OneDevice() {
            super("of no concern");
        }

        @Override
        public Set<String> deviceNames() {
            return Set.of("wg0");
        }
    }

    private final PeerSource source = new OneDevice();

    @Test
    void capabilitiesAreNone() throws WireGuardException {
        assertThat(source.capabilities("wg0")).isEqualTo(Capabilities.none());
    }

    @Test
    void secretsAreUnsupported() {
        assertThatThrownBy(() -> source.secrets("wg0"))
                .isInstanceOf(UnsupportedException.class)
                .hasMessage("reading secrets is not supported by device \"wg0\" by " + OneDevice.class.getName()
                        + "; use another backend");
    }

    @Test
    void noneOfThemIsAboutADeviceThatIsNotThere() {
        assertThatThrownBy(() -> source.capabilities("wg1")).isInstanceOf(NoSuchDeviceException.class);
        assertThatThrownBy(() -> source.secrets("wg1"))
                .isInstanceOf(NoSuchDeviceException.class)
                .hasMessage("no device \"wg1\": it is not among the devices of " + OneDevice.class.getName());
    }

    @Test
    void ofOneBackendAreNotTakenForAnothers() throws WireGuardException {
        FakeSource netlink = new FakeSource("netlink", "the kernel has none", "wg1");
        PeerSources both = PeerSources.of(
                List.of(FakeProvider.of("uapi", 300, source), FakeProvider.of("netlink", 200, netlink)),
                PeerSourceOptions.defaults());
        assertThat(both.capabilities("wg1").atomicRestart()).isTrue();
    }
}
