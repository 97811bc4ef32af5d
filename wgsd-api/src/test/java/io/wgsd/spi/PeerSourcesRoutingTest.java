package io.wgsd.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgsd.model.Device;
import io.wgsd.model.DeviceChange;
import io.wgsd.model.WgKeys;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each call goes to the backend that has the device; only "no such device" and "unavailable" lead on to the next. */
class PeerSourcesRoutingTest {

    private static final ErrorOrigin UAPI = ErrorOrigin.of("uapi").device("wg0");

    private final FakeSource uapi = new FakeSource("uapi", "it has no socket", "utun7");
    private final FakeSource netlink = new FakeSource("netlink", "the kernel has none", "wg0");
    private final FakeProvider uapiProvider = FakeProvider.of("uapi", 300, uapi);
    private final FakeProvider netlinkProvider = FakeProvider.of("netlink", 200, netlink);
    private final PeerSources sources =
            PeerSources.of(List.of(netlinkProvider, uapiProvider), PeerSourceOptions.defaults());

    @Test
    void aDeviceIsLeftOutOnlyWhereNoBackendHasIt() throws WireGuardException {
        uapi.setLeftOut(Map.of("wg 9", "its name has a blank", "wg0", "unreachable"));
        netlink.setDevices("wg0");
        assertThat(sources.devicesLeftOut()).containsExactly(Map.entry("wg 9", "its name has a blank (uapi)"));
    }

    @Test
    void asksTheBackendThatHasTheDevice() throws WireGuardException {
        assertThat(sources.read("wg0").name()).isEqualTo("wg0");
        assertThat(sources.read("utun7").name()).isEqualTo("utun7");
        assertThat(netlink.asked()).containsExactly("read wg0");
    }

    @Test
    void asksTheGreatestPriorityFirstInAnyOrderOfProviders() throws WireGuardException {
        uapi.setDevices("wg0");
        sources.read("wg0");
        assertThat(uapi.asked()).containsExactly("read wg0");
        assertThat(netlink.asked()).isEmpty();
    }

    @Test
    void handsOnHowToRead() throws WireGuardException {
        Device earlier = sources.read("wg0");
        assertThat(sources.read("wg0", ReadOptions.defaults().reusing(earlier)).listenPort())
                .isEqualTo(2);
    }

    @Test
    void appliesAChangeWhereTheDeviceIs() throws WireGuardException {
        sources.apply("wg0", DeviceChange.builder().listenPort(1).build());
        assertThat(netlink.asked()).containsExactly("apply wg0 DeviceChange[listen-port 1]");
    }

    @Test
    void givesTheSecretsOfTheBackendThatHasTheDevice() throws WireGuardException {
        try (DeviceSecrets secrets = sources.secrets("wg0")) {
            assertThat(secrets.privateKey()).hasValue(WgKeys.ALICE.privateKey());
        }
        assertThat(netlink.asked()).containsExactly("secrets wg0");
    }

    @Test
    void givesTheCapabilitiesOfTheBackendThatHasTheDevice() throws WireGuardException {
        assertThat(sources.capabilities("wg0").atomicRestart()).isTrue();
        assertThat(netlink.asked()).containsExactly("capabilities wg0");
    }

    @Test
    void listsTheDevicesOfAllBackendsEachOnceInOrder() throws WireGuardException {
        uapi.setDevices("wg1", "wg0");
        assertThat(sources.deviceNames()).containsExactly("wg0", "wg1");
        assertThatThrownBy(() -> sources.deviceNames().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void listsTheDevicesOfThoseThatAreAvailable() throws WireGuardException {
        uapiProvider.unavailable("it has no directory", "");
        assertThat(sources.deviceNames()).containsExactly("wg0");
    }

    @Test
    void findsADeviceAgainUnderAnotherBackend() throws WireGuardException {
        sources.read("wg0");
        netlink.setDevices();
        uapi.setDevices("wg0");
        sources.read("wg0");
        assertThat(uapi.asked()).containsExactly("read wg0", "read wg0");
    }

    static Stream<WireGuardException> answers() {
        return Stream.of(
                new NotPermittedException(UAPI, "reading", "run as root", null),
                new TimedOutException(UAPI, "reading", Duration.ofSeconds(5)),
                new CancelledException(UAPI, "reading", "the thread was interrupted", null),
                new RejectedException(UAPI, "changing", "no"),
                new UnsupportedException(UAPI, "restart", "do something else"),
                new MalformedException(UAPI, "rubbish", null),
                new InterruptedDumpException(UAPI, 5));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void takesEveryOtherErrorForTheAnswer(WireGuardException error) {
        uapi.setFailure(error);
        assertThatThrownBy(() -> sources.read("wg0")).isSameAs(error);
        assertThatThrownBy(() -> sources.apply("wg0", DeviceChange.builder().build()))
                .isSameAs(error);
        assertThatThrownBy(sources::deviceNames).isSameAs(error);
        assertThat(netlink.asked()).isEmpty();
    }

    @Test
    void continuesIfABackendBecomesUnavailable() throws WireGuardException {
        uapi.setFailure(new UnavailableException(UAPI, Availability.unavailable("its daemon is gone", ""), null));
        assertThat(sources.read("wg0").name()).isEqualTo("wg0");
    }

    @Test
    void continuesIfABackendCannotBeOpenedAfterAll() throws WireGuardException {
        uapiProvider.opening(() -> {
            throw new UnavailableException(UAPI, Availability.unavailable("it is gone", ""), null);
        });
        assertThat(sources.read("wg0").name()).isEqualTo("wg0");
    }

    @Test
    void takesAnErrorWhileOpeningForTheAnswer() {
        WireGuardException error = new NotPermittedException(UAPI, "opening", "run as root", null);
        uapiProvider.opening(() -> {
            throw error;
        });
        assertThatThrownBy(() -> sources.read("wg0")).isSameAs(error);
    }
}
