package io.wgsd.testkit.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.wgsd.model.Endpoint;
import io.wgsd.model.IpAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which packets a simulated NAT lets in, and under which ports it sends: tests {@code NatTable} too. */
class SimulatedNatTest {

    private static final IpAddress PUBLIC = IpAddress.parse("203.0.113.1");
    private static final int PORT = 5000;

    private final Timeline timeline = Timeline.create();
    private final SimulatedNet net = SimulatedNet.create(timeline, 1);
    private final SocketHost friend = SocketHost.open(net, "friend", "192.0.2.1", 1000);
    private final SocketHost neighbour = SocketHost.open(net, "neighbour", "192.0.2.9", 1000);

    @ParameterizedTest
    @EnumSource(
            value = NatKind.class,
            names = {"FULL_CONE", "ADDRESS_RESTRICTED_CONE", "PORT_RESTRICTED_CONE"})
    void aConeKeepsOnePublicPortTowardsEveryone(NatKind kind) {
        SocketHost inside = inside(nat(kind).attach());

        inside.send(friend.endpoint(), "hello");
        inside.send(neighbour.endpoint(), "hello");
        pass(1);

        assertThat(friend.latestSource()).isEqualTo(Endpoint.of(PUBLIC, PORT)).isEqualTo(neighbour.latestSource());
    }

    @Test
    void aSymmetricNatGivesEachFlowARandomPort() {
        SocketHost inside = inside(nat(NatKind.SYMMETRIC).attach());

        inside.send(friend.endpoint(), "one");
        inside.send(neighbour.endpoint(), "two");
        pass(1);
        Endpoint first = friend.latestSource();
        inside.send(friend.endpoint(), "three");
        pass(1);

        assertThat(neighbour.latestSource()).isNotEqualTo(first);
        assertThat(friend.latestSource()).as("the same flow").isEqualTo(first);
        assertThat(first.port()).isNotEqualTo(PORT).isGreaterThanOrEqualTo(1024);
    }

    @Test
    void aFullConeIsOpenToEveryoneOnceItIsThere() {
        SocketHost inside = inside(nat(NatKind.FULL_CONE).attach());
        neighbour.send(Endpoint.of(PUBLIC, PORT), "too early");
        pass(1);
        inside.send(friend.endpoint(), "hello");
        pass(1);

        neighbour.send(friend.latestSource(), "from a stranger");
        pass(1);

        assertThat(inside.payloads()).containsExactly("from a stranger");
    }

    @Test
    void anAddressRestrictedConeHearsAnyPortOfAnAddressThatItHasSentTo() {
        SocketHost inside = inside(nat(NatKind.ADDRESS_RESTRICTED_CONE).attach());
        inside.send(friend.endpoint(), "hello");
        pass(1);

        friend.host.send(2000, friend.latestSource(), 10, "from another port");
        neighbour.send(friend.latestSource(), "from another address");
        pass(1);

        assertThat(inside.payloads()).containsExactly("from another port");
    }

    @ParameterizedTest
    @EnumSource(
            value = NatKind.class,
            names = {"PORT_RESTRICTED_CONE", "SYMMETRIC"})
    void theOthersHearOnlyTheAddressAndPortThatTheyHaveSentTo(NatKind kind) {
        SocketHost inside = inside(nat(kind).attach());
        inside.send(friend.endpoint(), "hello");
        pass(1);

        friend.host.send(2000, friend.latestSource(), 10, "from another port");
        neighbour.send(friend.latestSource(), "from another address");
        friend.send(friend.latestSource(), "answer");
        pass(1);

        assertThat(inside.payloads()).containsExactly("answer");
        assertThat(net.trace().count(NetEvent.Kind.FILTERED)).isEqualTo(2);
    }

    @Test
    void aFlowAfterAnUnaskedDatagramStillGetsTheUsualPort() {
        SocketHost inside = inside(nat(NatKind.PORT_RESTRICTED_CONE).attach());
        friend.send(Endpoint.of(PUBLIC, PORT), "unasked");
        pass(1);

        inside.send(friend.endpoint(), "hello");
        pass(1);

        assertThat(inside.heard).isEmpty();
        assertThat(friend.latestSource()).isEqualTo(Endpoint.of(PUBLIC, PORT));
    }

    @Test
    void aMappingIsForgottenAfterThirtySecondsWithoutTraffic() {
        SocketHost inside = inside(nat(NatKind.PORT_RESTRICTED_CONE).attach());
        inside.send(friend.endpoint(), "hello");
        pass(29_999);
        friend.send(friend.latestSource(), "just in time");
        pass(30_000);
        friend.send(friend.latestSource(), "too late");
        pass(1);

        assertThat(inside.payloads()).containsExactly("just in time");
    }

    @Test
    void trafficToOneDoesNotKeepTheHoleToAnotherOpen() {
        SocketHost inside = inside(nat(NatKind.PORT_RESTRICTED_CONE)
                .mappingTimeout(Duration.ofSeconds(10))
                .attach());
        inside.send(friend.endpoint(), "hello");
        pass(8_000);
        inside.send(neighbour.endpoint(), "hello");
        pass(8_000);

        friend.send(Endpoint.of(PUBLIC, PORT), "too late");
        neighbour.send(Endpoint.of(PUBLIC, PORT), "in time");
        pass(1);

        assertThat(inside.payloads()).containsExactly("in time");
    }

    @Test
    void aPortCanBeChosenAndOneThatIsTakenIsReplacedByARandomOne() {
        SimulatedNat nat = nat(NatKind.PORT_RESTRICTED_CONE).port(PORT, 41_424).attach();
        SocketHost first = SocketHost.behind(nat, net, "first", "10.9.0.1", PORT);
        SocketHost second = SocketHost.behind(nat, net, "second", "10.9.0.2", PORT);

        first.send(friend.endpoint(), "from the first");
        second.send(neighbour.endpoint(), "from the second");
        pass(1);

        assertThat(friend.latestSource().port()).isEqualTo(41_424);
        assertThat(neighbour.latestSource().port()).isNotEqualTo(41_424).isNotEqualTo(PORT);
    }

    @Test
    void afterARemapFlowsContinueFromAnotherPortAndTheOldOneIsShut() {
        SimulatedNat nat = nat(NatKind.PORT_RESTRICTED_CONE).attach();
        SocketHost inside = inside(nat);
        inside.send(friend.endpoint(), "hello");
        pass(1);

        nat.remap();
        friend.send(friend.latestSource(), "to the old port");
        inside.send(friend.endpoint(), "from the new port");
        pass(1);

        assertThat(inside.heard).isEmpty();
        assertThat(friend.latestSource().port()).isNotEqualTo(PORT);
    }

    @Test
    void aNatThatMovesIsNotFoundAtItsOldAddress() {
        SimulatedNat nat = nat(NatKind.FULL_CONE).attach();
        SocketHost inside = inside(nat);
        inside.send(friend.endpoint(), "hello");
        pass(1);

        nat.move(IpAddress.parse("203.0.113.77"));
        assertThat(friend.send(friend.latestSource(), "to the old address")).isTrue();
        inside.send(friend.endpoint(), "from the new one");
        pass(1);

        assertThat(inside.heard).isEmpty();
        assertThat(friend.latestSource().address()).isEqualTo(nat.address(false));
        assertThat(net.trace().count(NetEvent.Kind.UNROUTABLE)).isEqualTo(1);
    }

    @Test
    void hostsBehindOneNatReachEachOtherByPrivateAddress() {
        SimulatedNat nat = nat(NatKind.SYMMETRIC).attach();
        SocketHost first = SocketHost.behind(nat, net, "first", "10.9.0.1", 1);
        SocketHost second = SocketHost.behind(nat, net, "second", "10.9.0.2", 2);

        first.send(second.endpoint(), "hello");
        pass(1);

        assertThat(second.latestSource()).isEqualTo(first.endpoint());
    }

    @Test
    void thePublicAddressWorksFromInsideOnlyWithHairpinning() {
        assertThat(hairpin(nat(NatKind.FULL_CONE).attach())).isFalse();
    }

    @Test
    void hairpinningShowsThePublicAddressOfTheSender() {
        assertThat(hairpin(nat(NatKind.FULL_CONE).hairpinning(true).attach())).isTrue();
    }

    @Test
    void aNatBehindANatTranslatesTwice() {
        SimulatedNat provider = nat(NatKind.PORT_RESTRICTED_CONE).attach();
        SimulatedNat home = net.nat("home", NatKind.PORT_RESTRICTED_CONE)
                .address(IpAddress.parse("100.64.0.1"))
                .behind(provider)
                .attach();
        SocketHost inside = SocketHost.behind(home, net, "inside", "192.168.0.2", PORT);

        inside.send(friend.endpoint(), "hello");
        pass(1);
        friend.send(friend.latestSource(), "answer");
        pass(1);

        assertThat(friend.latestSource()).isEqualTo(Endpoint.of(PUBLIC, PORT));
        assertThat(inside.payloads()).containsExactly("answer");
    }

    @Test
    void bothFamiliesAreTranslatedEachToItsOwnPublicAddress() {
        SimulatedNat nat = nat(NatKind.PORT_RESTRICTED_CONE)
                .address(IpAddress.parse("2001:db8:a::1"))
                .attach();
        SocketHost inside = new SocketHost(
                net.host("inside")
                        .address(IpAddress.parse("2001:db8:a1::1"))
                        .behind(nat)
                        .attach(),
                PORT);
        SocketHost six = SocketHost.open(net, "six", "2001:db8::6", 1000);

        inside.send(Endpoint.parse("[2001:db8::6]:1000"), "hello");
        pass(1);

        assertThat(six.latestSource()).isEqualTo(Endpoint.parse("[2001:db8:a::1]:5000"));
    }

    @Test
    void aSymmetricNatHandsOutNoPortTwiceAndReusesThoseThatWereForgotten() {
        SocketHost inside = inside(nat(NatKind.SYMMETRIC).attach());
        for (int round = 0; round < 3; round++) {
            friend.heard.clear();
            for (int flow = 1; flow <= 30_000; flow++) {
                inside.host.send(flow, friend.endpoint(), 10, "hello");
            }
            pass(60_000);
            assertThat(friend.heard.stream().map(Datagram::source).distinct()).hasSize(30_000);
        }
    }

    @Test
    void twoAddressesOfOneFamilyOrAnAddressTwiceAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> nat(NatKind.FULL_CONE)
                        .address(IpAddress.parse("203.0.113.2"))
                        .attach())
                .withMessageContaining("at most one address of each family");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> net.nat("other", NatKind.FULL_CONE)
                        .address(friend.host.address(false))
                        .attach())
                .withMessageContaining("friend has it");
    }

    private boolean hairpin(SimulatedNat nat) {
        SocketHost first = SocketHost.behind(nat, net, "first", "10.9.0.1", 1);
        SocketHost second = SocketHost.behind(nat, net, "second", "10.9.0.2", 2);
        second.send(friend.endpoint(), "opens");
        first.send(Endpoint.of(PUBLIC, 2), "hello");
        pass(1);
        return second.payloads().contains("hello") && second.latestSource().equals(Endpoint.of(PUBLIC, 1));
    }

    private SimulatedNat.Builder nat(NatKind kind) {
        return net.nat("nat", kind).address(PUBLIC);
    }

    private SocketHost inside(SimulatedNat nat) {
        return SocketHost.behind(nat, net, "inside", "10.9.0.1", PORT);
    }

    private void pass(long millis) {
        timeline.runFor(Duration.ofMillis(millis));
    }
}
