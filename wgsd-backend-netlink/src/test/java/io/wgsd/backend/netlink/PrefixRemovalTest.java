package io.wgsd.backend.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.model.DeviceChange;
import io.wgsd.model.IpPrefix;
import io.wgsd.model.Peer;
import io.wgsd.model.PublicKey;
import io.wgsd.testkit.memory.MemoryWireGuard;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Single allowed IPs are removed by the kernel where it can, and by a peer that nobody is where it cannot. */
final class PrefixRemovalTest {

    private static final PublicKey ALICE = PublicKey.parse("xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=");
    private static final PublicKey BOB = PublicKey.parse("TrMvSoP4jYQlY6RIzBgbssQqY3vxI2Pi+y71lOWWXX0=");
    private static final IpPrefix TEN = IpPrefix.parse("10.0.0.1");
    private static final IpPrefix ELEVEN = IpPrefix.parse("10.0.0.2");

    /** WGALLOWEDIP_A_FLAGS. */
    private static final int FLAGS = 4;

    private final MemoryWireGuard wireGuard = MemoryWireGuard.of(InstantSource.system());
    private final FakeKernel newKernel = new FakeKernel(wireGuard, true);
    private final FakeKernel oldKernel = new FakeKernel(wireGuard, false);

    @BeforeEach
    void aDevice() throws Exception {
        wireGuard.create("wg0");
        source(newKernel, "6.16.0")
                .apply(
                        "wg0",
                        change().peer(ALICE)
                                .addAllowedIp(TEN)
                                .addAllowedIp(ELEVEN)
                                .peer(BOB)
                                .build());
    }

    @Test
    void aNewKernelIsProbedOnceAndThenAsked() throws Exception {
        NetlinkPeerSource source = source(newKernel, "6.16.0");
        int before = newKernel.written().size();
        source.apply("wg0", change().peer(ALICE).removeAllowedIp(TEN).build());
        source.apply("wg0", change().peer(ALICE).removeAllowedIp(ELEVEN).build());

        List<List<Tlv>> written =
                newKernel.written().subList(before, newKernel.written().size());
        assertThat(written).as("a probe and two removals").hasSize(3).allMatch(PrefixRemovalTest::hasFlags);
        assertThat(source.read("wg0").peer(ALICE).map(Peer::allowedIps)).contains(List.of());
    }

    @Test
    void theProbeChangesNothing() throws Exception {
        NetlinkPeerSource source = source(newKernel, "6.16.0");
        source.apply("wg0", change().peer(BOB).removeAllowedIp(TEN).build());

        assertThat(source.read("wg0").peers())
                .containsExactly(
                        Peer.builder(BOB).build(),
                        Peer.builder(ALICE).allowedIp(TEN).allowedIp(ELEVEN).build());
    }

    @Test
    void anOldKernelIsHelpedByAPeerThatIsGoneAtOnce() throws Exception {
        NetlinkPeerSource source = source(oldKernel, "6.1.0");
        source.apply("wg0", change().peer(ALICE).removeAllowedIp(TEN).build());

        List<List<Tlv>> written = oldKernel.written();
        assertThat(written).as("a probe and the detour").hasSize(2);
        assertThat(hasFlags(written.get(1))).isFalse();
        assertThat(written.get(1).get(1).children())
                .as("ALICE, then nobody added and removed")
                .hasSize(3);
        assertThat(source.read("wg0").peer(ALICE).map(Peer::allowedIps)).contains(List.of(ELEVEN));
        assertThat(source.read("wg0").peers()).hasSize(2);
    }

    @Test
    void aModuleForKernelsBefore56IsNeverAskedForItWouldAddThePrefix() throws Exception {
        NetlinkPeerSource source = source(oldKernel, "5.4.0-42-generic");
        source.apply("wg0", change().peer(ALICE).removeAllowedIp(TEN).build());

        assertThat(oldKernel.written()).hasSize(1).noneMatch(PrefixRemovalTest::hasFlags);
    }

    @Test
    void aReleaseThatCannotBeReadIsTakenForAnOldOne() throws Exception {
        source(oldKernel, "next")
                .apply("wg0", change().peer(ALICE).removeAllowedIp(TEN).build());

        assertThat(oldKernel.written()).hasSize(1).noneMatch(PrefixRemovalTest::hasFlags);
    }

    @Test
    void anotherPeersPrefixIsNotTakenFromIt() throws Exception {
        NetlinkPeerSource source = source(oldKernel, "6.1.0");
        source.apply(
                "wg0",
                change().peer(BOB).removeAllowedIp(TEN).removeAllowedIp(ELEVEN).build());

        assertThat(source.read("wg0").peer(ALICE).map(Peer::allowedIps)).contains(List.of(TEN, ELEVEN));
    }

    @Test
    void thousandsAreRemovedInSeveralMessages() throws Exception {
        NetlinkPeerSource source = source(oldKernel, "6.1.0");
        List<IpPrefix> many = IntStream.range(0, 3000)
                .mapToObj(i -> IpPrefix.parse("10.1." + i / 250 + "." + i % 250))
                .toList();
        source.apply("wg0", change().peer(BOB).addAllowedIps(many).build());
        DeviceChange.Builder change = change();
        var bob = change.peer(BOB);
        many.subList(1, many.size()).forEach(bob::removeAllowedIp);
        source.apply("wg0", change.build());

        assertThat(source.read("wg0").peer(BOB).map(Peer::allowedIps)).contains(many.subList(0, 1));
        assertThat(source.read("wg0").peers()).hasSize(2);
    }

    private NetlinkPeerSource source(FakeKernel kernel, String release) {
        return new NetlinkPeerSource(kernel, release, Duration.ofSeconds(5));
    }

    private static DeviceChange.Builder change() {
        return DeviceChange.builder();
    }

    private static boolean hasFlags(List<Tlv> message) {
        return message.stream()
                .filter(each -> each.type() == 8)
                .flatMap(peers -> peers.children().stream())
                .flatMap(peer -> peer.children().stream())
                .filter(each -> each.type() == 9)
                .flatMap(list -> list.children().stream())
                .flatMap(prefix -> prefix.children().stream())
                .anyMatch(each -> each.type() == FLAGS);
    }
}
