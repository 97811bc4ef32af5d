package io.wgsd.testkit.memory;

import static io.wgsd.testkit.memory.Fixtures.ALICE;
import static io.wgsd.testkit.memory.Fixtures.BOB;
import static io.wgsd.testkit.memory.Fixtures.CLOCK;
import static io.wgsd.testkit.memory.Fixtures.NOW;
import static io.wgsd.testkit.memory.Fixtures.change;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgsd.model.Device;
import io.wgsd.model.DeviceKind;
import io.wgsd.model.Peer;
import io.wgsd.spi.Availability;
import io.wgsd.spi.Capabilities;
import io.wgsd.spi.PeerSource;
import io.wgsd.spi.PeerSourceOptions;
import io.wgsd.spi.PeerSourceProvider;
import io.wgsd.spi.PeerSources;
import io.wgsd.spi.UnavailableException;
import io.wgsd.spi.WireGuardException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class MemoryBackendsTest {

    private final MemoryWireGuard kernel = MemoryWireGuard.of(CLOCK);
    private final MemoryWireGuard userspace =
            MemoryWireGuard.builder(CLOCK).kind(DeviceKind.USERSPACE).build();
    private final MemoryPeerSourceProvider uapi = userspace.provider("uapi", 300);
    private final PeerSources joined =
            PeerSources.of(List.of(kernel.provider("netlink", 200), uapi), PeerSourceOptions.defaults());

    @Test
    void ofTwoBackendsWithADeviceTheGreaterPriorityIsAsked() throws WireGuardException {
        kernel.create("wg0");
        userspace.create("wg0");
        assertThat(joined.read("wg0").kind()).isEqualTo(DeviceKind.USERSPACE);
    }

    @Test
    void aBackendCanBecomeAvailable() throws WireGuardException {
        kernel.create("wg0");
        userspace.create("wg0");
        uapi.setAvailability(Availability.unavailable("not yet", "wait"));
        assertThat(joined.read("wg0").kind()).isEqualTo(DeviceKind.KERNEL);
        uapi.setAvailability(Availability.available("now"));
        assertThat(joined.read("wg0").kind()).isEqualTo(DeviceKind.USERSPACE);
    }

    @Test
    void aBackendThatIsNotAvailableDoesNotOpen() {
        uapi.setAvailability(Availability.unavailable("not yet", "wait"));
        assertThatThrownBy(() -> uapi.open(PeerSourceOptions.defaults()))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("not yet");
    }

    @Test
    void errorsNameTheBackendAsItWasCalled() {
        assertThatThrownBy(() -> uapi.open(PeerSourceOptions.defaults()).read("wg7"))
                .isInstanceOfSatisfying(
                        WireGuardException.class, e -> assertThat(e.backend()).isEqualTo("uapi"));
    }

    @Test
    void noBackendInMemoryIsFoundByServiceLoader() {
        assertThat(ServiceLoader.load(PeerSourceProvider.class).stream().map(ServiceLoader.Provider::type))
                .doesNotContain(MemoryPeerSourceProvider.class);
    }

    @Test
    void readingsShareThePeersThatDidNotChange() throws WireGuardException {
        MemoryDevice device = kernel.create("wg0");
        device.apply(change().peer(ALICE).peer(BOB).build());
        try (PeerSource source = kernel.source()) {
            Device before = source.read("wg0");
            device.count(ALICE, 1, 1);
            Device after = source.read("wg0");
            assertThat(peer(after, 1)).isNotEqualTo(peer(before, 1));
            assertThat(peer(after, 2)).isSameAs(peer(before, 2));
        }
    }

    @Test
    void aLesserBackendKnowsHandshakesToTheSecond() throws WireGuardException {
        MemoryDevice device = MemoryWireGuard.builder(CLOCK)
                .capabilities(Capabilities.none())
                .build()
                .create("wg0");
        device.apply(change().peer(ALICE).build());
        device.recordHandshake(ALICE);
        assertThat(device.read().peers().get(0).statistics().latestHandshake())
                .contains(NOW.truncatedTo(ChronoUnit.SECONDS));
    }

    private static Peer peer(Device device, int number) {
        return device.peer(Fixtures.key(number)).orElseThrow();
    }
}
