package io.wgsd.backend.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgsd.internal.Errno;
import io.wgsd.model.Device;
import io.wgsd.model.DeviceChange;
import io.wgsd.model.Endpoint;
import io.wgsd.model.IpPrefix;
import io.wgsd.model.PublicKey;
import io.wgsd.spi.InterruptedDumpException;
import io.wgsd.spi.NoSuchDeviceException;
import io.wgsd.spi.NotPermittedException;
import io.wgsd.spi.RejectedException;
import io.wgsd.spi.UnavailableException;
import io.wgsd.spi.UnsupportedException;
import io.wgsd.testkit.memory.MemoryWireGuard;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the kernel does rarely, and so the contract cannot ask of a real one. */
final class NetlinkPeerSourceTest {

    private static final PublicKey ALICE = PublicKey.parse("xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=");

    private final MemoryWireGuard wireGuard = MemoryWireGuard.of(InstantSource.system());
    private final FakeKernel kernel = new FakeKernel(wireGuard, false);
    private final NetlinkPeerSource source = new NetlinkPeerSource(kernel, "6.1.0", Duration.ofSeconds(5));

    NetlinkPeerSourceTest() {
        wireGuard.create("wg0");
    }

    @AfterEach
    void everySocketIsClosedAgain() {
        source.close();
        assertThat(kernel.closed.get()).as("closed sockets").isEqualTo(kernel.opened.get());
    }

    @Test
    void aDeviceWhoseNameIsRefusedIsReported() throws Exception {
        wireGuard.create("wg7");
        kernel.hasAlso("wg@#\u00e4");
        assertThat(source.deviceNames()).contains("wg7").doesNotContain("wg@#\u00e4");
        assertThat(source.devicesLeftOut()).containsOnlyKeys("wg@#\u00e4");
        assertThat(source.devicesLeftOut().get("wg@#\u00e4")).startsWith("its name must be 1..15 printable");
    }

    @Test
    void aDumpThatWasInterruptedIsReadAgain() throws Exception {
        Device before = source.read("wg0");
        kernel.interruptions.set(9);

        assertThat(source.read("wg0")).isEqualTo(before);
        assertThat(kernel.interruptions).hasValue(0);
    }

    @Test
    void aDumpThatIsInterruptedTimeAndAgainIsGivenUp() {
        kernel.interruptions.set(10);

        assertThatThrownBy(() -> source.read("wg0"))
                .isInstanceOf(InterruptedDumpException.class)
                .hasMessageContaining("device \"wg0\" by netlink was interrupted by changes 10 times");
    }

    @Test
    void aModuleThatIsLoadedAgainIsFoundByItsNewNumber() throws Exception {
        Device before = source.read("wg0");
        kernel.family = 33;

        assertThat(source.read("wg0")).isEqualTo(before);
        source.apply("wg0", change().peer(ALICE).build());
        assertThat(source.read("wg0").peer(ALICE)).isPresent();
    }

    @Test
    void aChangeThatMeetsAModuleLoadedAgainIsWrittenAgain() throws Exception {
        source.read("wg0");
        kernel.family = 33;
        source.apply("wg0", change().peer(ALICE).peer(ALICE).build());

        assertThat(kernel.written()).hasSize(1);
        assertThat(source.read("wg0").peer(ALICE)).isPresent();
    }

    @Test
    void aKernelWithoutWireGuardIsUnavailable() {
        kernel.family = 0;

        assertThatThrownBy(() -> source.read("wg0"))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("modprobe wireguard");
    }

    @Test
    void readsFollowEachOtherOverOneSocket() throws Exception {
        for (int i = 0; i < 10; i++) {
            source.read("wg0");
        }

        assertThat(kernel.opened).hasValue(1);
    }

    @Test
    void aSocketWithAnAnswerStillToComeIsNotUsedAgain() throws Exception {
        source.read("wg0");
        kernel.mute = true;
        try (NetlinkPeerSource hasty = new NetlinkPeerSource(kernel, "6.1.0", Duration.ofMillis(1))) {
            assertThatThrownBy(() -> hasty.read("wg0")).hasMessageContaining("took longer than 1 ms");
        }
        kernel.mute = false;

        assertThat(source.read("wg0").name()).isEqualTo("wg0");
        assertThat(kernel.closed).as("the one that timed out").hasValue(1);
    }

    @Test
    void theKernelsOwnWordsReachTheUser() {
        kernel.said = "Attribute failed policy validation";
        kernel.nextErrno = Errno.ERANGE;

        assertThatThrownBy(() -> source.read("wg0"))
                .isInstanceOf(RejectedException.class)
                .hasMessageContaining("ERANGE, \"Attribute failed policy validation\"");
    }

    @Test
    void aCallerWithoutRightsIsRefusedOnlyDevicesThatExist() {
        kernel.nextErrno = Errno.EPERM;
        assertThatThrownBy(() -> source.read("wg0"))
                .isInstanceOf(NotPermittedException.class)
                .hasMessageContaining("CAP_NET_ADMIN");

        kernel.nextErrno = Errno.EPERM;
        assertThatThrownBy(() -> source.read("wg9")).isInstanceOf(NoSuchDeviceException.class);
    }

    @Test
    void anInterfaceThatIsNoWireGuardIsNoDevice() {
        kernel.nextErrno = Errno.EOPNOTSUPP;

        assertThatThrownBy(() -> source.read("eth0"))
                .isInstanceOf(NoSuchDeviceException.class)
                .hasMessageContaining("it is no WireGuard");
    }

    @Test
    void aScopeThatIsNoInterfaceIsRefusedBeforeAnythingIsChanged() {
        DeviceChange change = change().firewallMark(1)
                .peer(ALICE)
                .endpoint(Endpoint.parse("[fe80::1%eth9]:1"))
                .build();

        assertThatThrownBy(() -> source.apply("wg0", change))
                .isInstanceOf(RejectedException.class)
                .hasMessageContaining("there is no interface \"eth9\"");
        assertThat(kernel.written()).isEmpty();
    }

    @Test
    void aChangeIsOneMessage() throws Exception {
        DeviceChange.Builder change = change().listenPort(51820).replacePeers();
        for (int i = 0; i < 400; i++) {
            change.peer(key(i)).updateOnly().endpoint(Endpoint.parse("192.0.2.1:" + (i + 1)));
        }
        source.apply("wg0", change.build());

        assertThat(kernel.written()).hasSize(1);
    }

    @Test
    void aRestartIsOneMessage() throws Exception {
        source.apply("wg0", change().peer(ALICE).addAllowedIps(prefixes(2000)).build());
        source.apply("wg0", change().peer(ALICE).restart().build());

        assertThat(kernel.written()).hasSize(2);
        List<Tlv> restart = kernel.written().get(1).get(1).children();
        assertThat(restart).hasSize(2);
        assertThat(restart.get(0).children().get(1).number()).as("REMOVE_ME").isEqualTo(1);
        assertThat(source.read("wg0").peer(ALICE).orElseThrow().allowedIps()).hasSize(2000);
    }

    @Test
    void aRestartThatDoesNotFitOneMessageIsRefusedBeforeAnythingIsChanged() throws Exception {
        source.apply("wg0", change().peer(ALICE).addAllowedIps(prefixes(3000)).build());
        Device before = source.read("wg0");

        assertThatThrownBy(() -> source.apply(
                        "wg0", change().firewallMark(5).peer(ALICE).restart().build()))
                .isInstanceOf(UnsupportedException.class)
                .hasMessageContaining("3000 allowed IPs do not fit one transaction");
        assertThat(source.read("wg0")).isEqualTo(before);
    }

    @Test
    void aChangeOfNothingWritesNothing() throws Exception {
        source.apply("wg0", change().build());

        assertThat(kernel.written()).isEmpty();
    }

    private static DeviceChange.Builder change() {
        return DeviceChange.builder();
    }

    private static PublicKey key(int number) {
        return PublicKey.of(ByteBuffer.allocate(32).putInt(28, number + 1).array());
    }

    private static List<IpPrefix> prefixes(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> IpPrefix.parse("10.1." + i / 250 + "." + i % 250))
                .toList();
    }
}
