package io.wgsd.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgsd.model.Device;
import io.wgsd.model.DeviceChange;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A backend that breaks its promises is reported and passed over; the others work as if it were not there. */
class PeerSourcesBrokenTest {

    private static final String REPORT = "; report this to the authors of the backend";

    private final FakeSource netlinkSource = new FakeSource("netlink", "none", "wg0");
    private final FakeProvider netlink = FakeProvider.of("netlink", 200, netlinkSource);

    static Stream<FakeProvider> broken() {
        FakeSource never = new FakeSource("uapi", "never asked", "wg0");
        return Stream.of(
                FakeProvider.of("uapi", 300, never).probing(failing(new IllegalStateException("bug"))),
                FakeProvider.of("uapi", 300, never).probing(failing(new UnsatisfiedLinkError("no native code"))),
                FakeProvider.of("uapi", 300, never).probing(() -> null),
                FakeProvider.of("uapi", 300, never).ranked(failing(new IllegalStateException("bug"))),
                FakeProvider.of("uapi", 300, never).ranked(failing(new AbstractMethodError("priority"))),
                FakeProvider.of(null, 300, never),
                FakeProvider.of(" ", 300, never),
                new FakeProvider(
                        "uapi",
                        300,
                        () -> PeerSourcesBrokenTest.<PeerSource>failing(new IllegalStateException("bug"))
                                .get()),
                new FakeProvider(
                        "uapi",
                        300,
                        () -> PeerSourcesBrokenTest.<PeerSource>failing(new IllegalArgumentException("bug"))
                                .get()),
                new FakeProvider(
                        "uapi",
                        300,
                        () -> PeerSourcesBrokenTest.<PeerSource>failing(new NoClassDefFoundError("com/sun/jna/Native"))
                                .get()),
                FakeProvider.of("uapi", 300, null),
                FakeProvider.of("uapi", 300, new Old()),
                FakeProvider.of("uapi", 300, new Nothing()),
                FakeProvider.of("uapi", 300, new FakeSource("uapi", "none", "wg1"))
                        .checking(options ->
                                failing(new IllegalStateException("bug")).get()));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void continuesIfABackendBreaksItsPromise(FakeProvider broken) throws WireGuardException {
        PeerSources both = PeerSources.of(List.of(broken, netlink), PeerSourceOptions.defaults());
        assertThat(both.read("wg0").name()).isEqualTo("wg0");
    }

    @ParameterizedTest
    @MethodSource("broken")
    void listsTheOthersDevices(FakeProvider broken) throws WireGuardException {
        PeerSources both = PeerSources.of(List.of(broken, netlink), PeerSourceOptions.defaults());
        assertThat(both.deviceNames()).contains("wg0");
    }

    @Test
    void reportsAProviderThatCannotReturnItsPriority() {
        FakeProvider broken = FakeProvider.of("uapi", 300, null).ranked(failing(new IllegalStateException("bug")));
        assertThat(PeerSources.of(List.of(broken, netlink), PeerSourceOptions.defaults())
                        .backends())
                .last()
                .isEqualTo(new BackendStatus(
                        FakeProvider.class.getName(),
                        Integer.MIN_VALUE,
                        Availability.unavailable(
                                "it is broken: java.lang.IllegalStateException: bug",
                                "report this to the authors of the backend")));
    }

    @Test
    void reportsAProviderThatIsNull() {
        assertThat(PeerSources.of(Arrays.asList(null, netlink), PeerSourceOptions.defaults())
                        .backends())
                .last()
                .asString()
                .contains("the provider is null");
    }

    @Test
    void reportsABackendThatOpensNull() {
        assertThatThrownBy(() -> only(FakeProvider.of("uapi", 300, null)).read("wg0"))
                .isInstanceOf(UnavailableException.class)
                .hasMessage("no backend is available: uapi: opening it failed: open returned null" + REPORT);
    }

    @Test
    void reportsABackendThatWasMadeForAnotherVersion() {
        assertThatThrownBy(() -> only(FakeProvider.of("uapi", 300, new Old())).read("wg0"))
                .hasMessage("no backend is available: uapi: it does not fit this version of wgsd:"
                        + " java.lang.AbstractMethodError: read" + REPORT);
    }

    @Test
    void reportsABackendThatReturnsNull() {
        assertThatThrownBy(
                        () -> only(FakeProvider.of("uapi", 300, new Nothing())).read("wg0"))
                .hasMessage("no backend is available: uapi: it answered null" + REPORT);
    }

    @Test
    void aChangeThatABackendBreaksOffGoesToNoOther() {
        PeerSources both =
                PeerSources.of(List.of(FakeProvider.of("uapi", 300, new Old()), netlink), PeerSourceOptions.defaults());

        assertThatThrownBy(() -> both.apply(
                        "wg0", DeviceChange.builder().listenPort(51820).build()))
                .isInstanceOf(UnavailableException.class)
                .hasMessage(
                        "the backend \"uapi\" is unavailable: changing wg0 broke off, and a part of the change may be in"
                                + " force: it does not fit this version of wgsd: java.lang.NoSuchMethodError: peer"
                                + REPORT);
        assertThat(netlinkSource.asked()).isEmpty();
    }

    @Test
    void devicesThatABrokenBackendLeavesOutArePassedOver() throws WireGuardException {
        FakeSource whole = new FakeSource("netlink", "none");
        whole.setLeftOut(Map.of("wg 9", "its name has a blank"));
        PeerSources sources = PeerSources.of(
                List.of(FakeProvider.of("uapi", 300, new Forgetful()), FakeProvider.of("netlink", 200, whole)),
                PeerSourceOptions.defaults());
        assertThat(sources.devicesLeftOut()).containsOnlyKeys("wg 9");
    }

    private static PeerSources only(FakeProvider provider) {
        return PeerSources.of(List.of(provider), PeerSourceOptions.defaults());
    }

    private static <T> Supplier<T> failing(Throwable failure) {
        return () -> {
            if (failure instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) failure;
        };
    }

    /** A source that was compiled before its methods were what they are. */
    private static final class Old extends DefaultsSource {

        Old() {
            super("");
        }

        @Override
        public Set<String> deviceNames() {
            throw new NoSuchMethodError("deviceNames");
        }

        @Override
        public Device read(String device, ReadOptions options) {
            throw new AbstractMethodError("read");
        }

        @Override
        public void apply(String device, DeviceChange change) {
            throw new NoSuchMethodError("peer");
        }
    }

    /** A source that lists devices, but fails where it is asked for others. */
    private static final class Forgetful extends DefaultsSource {

        Forgetful() {
            super("");
        }

        @Override
        public Set<String> deviceNames() {
            return Set.of();
        }

        @Override
        public Map<String, String> devicesLeftOut() {
            throw new IllegalStateException("bug");
        }
    }

    /** A source that returns null. */
    private static final class Nothing extends DefaultsSource {

        Nothing() {
            super("");
        }

        @Override
        public Set<String> deviceNames() {
            return null;
        }

        @Override
        public Device read(String device, ReadOptions options) {
            return null;
        }
    }
}
