package io.wgsd.backend.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgsd.spi.Availability;
import io.wgsd.spi.PeerSource;
import io.wgsd.spi.PeerSourceOptions;
import io.wgsd.spi.PeerSourceProvider;
import io.wgsd.spi.WireGuardException;
import io.wgsd.testkit.contract.Lab;
import io.wgsd.testkit.memory.MemoryWireGuard;
import java.time.InstantSource;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

final class NetlinkPeerSourceProviderTest {

    private final FakeKernel kernel = new FakeKernel(MemoryWireGuard.of(InstantSource.system()), true);

    @Test
    void itIsFoundByServiceLoader() {
        assertThat(ServiceLoader.load(PeerSourceProvider.class)).singleElement().satisfies(provider -> {
            assertThat(provider.name()).isEqualTo("netlink");
            assertThat(provider.priority()).isEqualTo(200);
        });
    }

    @Test
    void aKernelWithWireGuardIsAvailable() {
        Availability finding = NetlinkPeerSourceProvider.probe(kernel);

        assertThat(finding.isAvailable()).isTrue();
        assertThat(finding.reason()).matches("Linux .+ has WireGuard");
        assertThat(kernel.closed).as("closed sockets").hasValue(1);
    }

    @Test
    void aKernelWithoutWireGuardSaysWhatToDo() {
        kernel.family = 0;

        assertThat(NetlinkPeerSourceProvider.probe(kernel))
                .isEqualTo(Availability.unavailable(
                        "the kernel has no WireGuard, or has not loaded it",
                        "run \"modprobe wireguard\" (Linux 5.6 or later has it)"));
    }

    @Test
    void aSandboxWithoutNetlinkSaysSo() {
        kernel.nextErrno = 1;
        Availability finding = NetlinkPeerSourceProvider.probe(kernel);

        assertThat(finding.reason()).isEqualTo("netlink cannot be used: EPERM");
        assertThat(finding.remedy()).contains("sandbox");
    }

    @Test
    void probingHereThrowsNothing() {
        assertThatCode(() -> new NetlinkPeerSourceProvider().probe()).doesNotThrowAnyException();
    }

    @Test
    void listingOverARealSocketWorksForEveryone() throws Exception {
        Lab.require(System.getProperty("os.name").equals("Linux"), "only Linux has netlink");
        try (PeerSource source = new NetlinkPeerSourceProvider().open(PeerSourceOptions.defaults())) {
            assertThat(source.deviceNames()).doesNotContain("lo");
            assertThatThrownBy(() -> source.read("lo")).isInstanceOf(WireGuardException.class);
        }
    }

    @Test
    void itHasNoSettings() {
        PeerSourceOptions options = PeerSourceOptions.defaults().withSetting("netlink.family", "wireguard");

        assertThatThrownBy(() -> new NetlinkPeerSourceProvider().open(options))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("unknown setting \"netlink.family\": there are none");
    }
}
