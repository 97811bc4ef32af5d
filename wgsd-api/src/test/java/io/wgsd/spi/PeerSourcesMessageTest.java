package io.wgsd.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgsd.model.Device;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An error says what, where and what to do, and of each backend why it was passed over. */
class PeerSourcesMessageTest {

    private static final ErrorOrigin UAPI = ErrorOrigin.of("uapi");

    private final FakeSource uapi = new FakeSource("uapi", "/var/run/wireguard/wg0.sock does not exist");
    private final FakeSource netlink = new FakeSource("netlink", "the kernel has none", "wg1");
    private final FakeProvider uapiProvider = FakeProvider.of("uapi", 300, uapi);
    private final FakeProvider netlinkProvider = FakeProvider.of("netlink", 200, netlink);
    private final PeerSources sources =
            PeerSources.of(List.of(uapiProvider, netlinkProvider), PeerSourceOptions.defaults());

    @Test
    void saysWhichDevicesThereAreWhereOneIsNot() {
        assertThatThrownBy(() -> sources.read("wg0"))
                .isInstanceOf(NoSuchDeviceException.class)
                .hasMessage("no device \"wg0\": /var/run/wireguard/wg0.sock does not exist and the kernel has none;"
                        + " devices found: wg1 (netlink)");
    }

    @Test
    void saysThatThereAreNoDevicesAtAll() {
        netlink.setDevices();
        assertThatThrownBy(() -> sources.read("wg0")).hasMessageEndingWith("; devices found: none");
    }

    @Test
    void namesTheDeviceForProgramsToo() {
        assertThatThrownBy(() -> sources.read("wg0"))
                .isInstanceOfSatisfying(
                        NoSuchDeviceException.class, e -> assertThat(e.device()).hasValue("wg0"));
    }

    @Test
    void keepsWhatEachBackendSaid() {
        assertThatThrownBy(() -> sources.read("wg0"))
                .satisfies(e -> assertThat(e.getSuppressed())
                        .extracting(each -> ((WireGuardException) each).backend())
                        .containsExactly("uapi", "netlink"));
    }

    @Test
    void saysWhichBackendCouldNotLook() {
        netlinkProvider.unavailable("the kernel has no WireGuard", "modprobe wireguard");
        assertThatThrownBy(() -> sources.read("wg0"))
                .isInstanceOf(NoSuchDeviceException.class)
                .hasMessage("no device \"wg0\": /var/run/wireguard/wg0.sock does not exist; netlink is unavailable: the"
                        + " kernel has no WireGuard; modprobe wireguard; devices found: none");
    }

    @Test
    void saysWhichBackendFailedToLoad() {
        BackendStatus failed =
                new BackendStatus("com.example.Gone", 0, Availability.unavailable("it failed to load", "mend it"));
        PeerSources one = new PeerSources(List.of(uapiProvider), List.of(failed), PeerSourceOptions.defaults());
        assertThatThrownBy(() -> one.read("wg0"))
                .hasMessage("no device \"wg0\": /var/run/wireguard/wg0.sock does not exist; com.example.Gone is"
                        + " unavailable: it failed to load; mend it; devices found: none");
    }

    @Test
    void saysWhoseDevicesCannotBeListed() {
        FakeProvider halfBlind = FakeProvider.of("netlink", 200, new DefaultsSource("lists nothing") {
            @Override
            public Device read(String device, ReadOptions options) throws WireGuardException {
                throw new NoSuchDeviceException(ErrorOrigin.of("netlink").device(device), "the kernel has none");
            }
        });
        PeerSources both = PeerSources.of(List.of(halfBlind), PeerSourceOptions.defaults());
        assertThatThrownBy(() -> both.read("wg0"))
                .hasMessage("no device \"wg0\": the kernel has none; devices found: those of netlink cannot be listed");
    }

    @Test
    void saysOfEachBackendWhyItIsUnavailable() {
        uapiProvider.unavailable("/var/run/wireguard does not exist", "start wireguard-go");
        netlinkProvider.unavailable("this is not Linux", "");
        String expected =
                "no backend is available: uapi: /var/run/wireguard does not exist; start wireguard-go; netlink:"
                        + " this is not Linux";
        assertThatThrownBy(() -> sources.read("wg0"))
                .isInstanceOf(UnavailableException.class)
                .hasMessage(expected);
        assertThatThrownBy(sources::deviceNames)
                .isInstanceOf(UnavailableException.class)
                .hasMessage(expected);
    }

    @Test
    void saysWhatABackendSaidWhenItWasOpenedRatherThanProbed() {
        uapiProvider.opening(() -> {
            throw new UnavailableException(UAPI, Availability.unavailable("its directory is gone", ""), null);
        });
        netlinkProvider.unavailable("this is not Linux", "");
        assertThatThrownBy(() -> sources.read("wg0"))
                .hasMessage("no backend is available: uapi: its directory is gone; netlink: this is not Linux");
    }

    @Test
    void saysThatABackendIsBrokenAndWhoCanRepairIt() {
        uapiProvider.probing(() -> {
            throw new IllegalStateException("bug\nin it");
        });
        netlinkProvider.opening(() -> {
            throw new NoClassDefFoundError("com/sun/jna/Native");
        });
        assertThatThrownBy(() -> sources.read("wg0"))
                .hasMessage(
                        "no backend is available: uapi: its probe failed: java.lang.IllegalStateException: bug\\nin it;"
                                + " report this to the authors of the backend; netlink: opening it failed:"
                                + " java.lang.NoClassDefFoundError: com/sun/jna/Native; report this to the authors of the"
                                + " backend");
    }

    @Test
    void saysWhatToAddWhereThereIsNoBackend() {
        PeerSources none = PeerSources.of(List.of(), PeerSourceOptions.defaults());
        assertThatThrownBy(() -> none.read("wg0"))
                .isInstanceOf(UnavailableException.class)
                .hasMessage("no backend is available: none is on the class path or module path; add the jar of one,"
                        + " such as wgsd-backend-uapi");
    }

    @Test
    void reportsAllBackendsTheGreatestPriorityFirst() {
        netlinkProvider.unavailable("this is not Linux", "");
        assertThat(sources.backends())
                .containsExactly(
                        new BackendStatus("uapi", 300, Availability.available("it is there")),
                        new BackendStatus("netlink", 200, Availability.unavailable("this is not Linux", "")));
    }

    @Test
    void reportsThoseThatFailedToLoadLast() {
        BackendStatus failed = new BackendStatus("com.example.Gone", 0, Availability.unavailable("no", ""));
        PeerSources one = new PeerSources(List.of(uapiProvider), List.of(failed), PeerSourceOptions.defaults());
        assertThat(one.backends()).extracting(BackendStatus::name).containsExactly("uapi", "com.example.Gone");
    }

    @Test
    void opensNothingToReportBackends() {
        sources.backends();
        assertThat(uapiProvider.opened()).isZero();
    }
}
