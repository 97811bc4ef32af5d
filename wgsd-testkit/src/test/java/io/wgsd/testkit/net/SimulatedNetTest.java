package io.wgsd.testkit.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.wgsd.model.Endpoint;
import io.wgsd.model.IpAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimulatedNetTest {

    private final Timeline timeline = Timeline.create();
    private final SimulatedNet net = SimulatedNet.create(timeline, 1);
    private final SocketHost alice = SocketHost.open(net, "alice", "192.0.2.1", 1000);
    private final SocketHost bob = SocketHost.open(net, "bob", "192.0.2.2", 1000);

    @Test
    void aDatagramArrivesAfterTheDelayOfItsDirection() {
        net.conditions(LinkConditions.delay(Duration.ofMillis(40)))
                .conditions(bob.host, alice.host, LinkConditions.delay(Duration.ofMillis(70)));
        List<Duration> arrivals = new ArrayList<>();
        bob.host.bind(7, datagram -> {
            arrivals.add(timeline.elapsed());
            bob.send(datagram.source(), "echo");
        });

        alice.send(Endpoint.of(bob.host.address(false), 7), "hello");
        timeline.runUntil(() -> !alice.heard.isEmpty(), Duration.ofSeconds(1));

        assertThat(arrivals).containsExactly(Duration.ofMillis(40));
        assertThat(timeline.elapsed()).isEqualTo(Duration.ofMillis(110));
    }

    @Test
    void asManyAreLostAsTheProbabilitySays() {
        net.conditions(LinkConditions.builder().loss(0.2).build());

        for (int i = 0; i < 10_000; i++) {
            alice.send(bob.endpoint(), i);
        }
        pass(1);

        assertThat(bob.heard.size()).isBetween(7_850, 8_150);
        assertThat(net.trace().count(NetEvent.Kind.LOST)).isEqualTo(10_000 - bob.heard.size());
    }

    @Test
    void asManyArriveTwiceAsTheProbabilitySays() {
        net.conditions(LinkConditions.builder().duplication(0.2).build());

        for (int i = 0; i < 10_000; i++) {
            alice.send(bob.endpoint(), i);
        }
        pass(1);

        assertThat(bob.heard.size()).isBetween(11_850, 12_150);
    }

    @Test
    void withoutJitterDatagramsKeepTheirOrder() {
        net.conditions(LinkConditions.delay(Duration.ofMillis(5)));

        assertThat(hundredInOrderOfArrival()).isSorted();
    }

    @Test
    void jitterLetsDatagramsOvertakeEachOtherWithinItsBounds() {
        net.conditions(LinkConditions.builder()
                .delay(Duration.ofMillis(5))
                .jitter(Duration.ofMillis(10))
                .build());
        List<Long> arrivals = new ArrayList<>();
        bob.host.bind(7, datagram -> arrivals.add(timeline.elapsed().toMillis()));
        for (int i = 0; i < 1_000; i++) {
            alice.send(Endpoint.of(bob.host.address(false), 7), i);
        }
        pass(15);

        assertThat(arrivals).hasSize(1_000).allMatch(each -> each >= 5 && each <= 15);
        assertThat(hundredInOrderOfArrival()).hasSize(100).isNotEqualTo(sortedHundred());
    }

    @Test
    void aPartitionLetsNothingThroughUntilItIsHealed() {
        net.partition(alice.host, bob.host);
        alice.send(bob.endpoint(), "lost");
        bob.send(alice.endpoint(), "lost");
        pass(1);
        net.heal(bob.host, alice.host);
        alice.send(bob.endpoint(), "healed");
        pass(1);

        assertThat(bob.payloads()).containsExactly("healed");
        assertThat(alice.heard).isEmpty();
        assertThat(net.trace().count(NetEvent.Kind.PARTITIONED)).isEqualTo(2);
    }

    @Test
    void aSilenceIsOneSidedUntilItIsHealed() {
        net.silence(alice.host, bob.host);
        alice.send(bob.endpoint(), "lost");
        bob.send(alice.endpoint(), "heard");
        pass(1);
        net.heal(alice.host, bob.host);
        alice.send(bob.endpoint(), "healed");
        pass(1);

        assertThat(alice.payloads()).containsExactly("heard");
        assertThat(bob.payloads()).containsExactly("healed");
    }

    @Test
    void packetsOnTheirWayWhenAPartitionBeganStillArrive() {
        net.conditions(LinkConditions.delay(Duration.ofMillis(40)));
        alice.send(bob.endpoint(), "on its way");
        pass(20);
        net.partition(alice.host, bob.host);
        pass(20);

        assertThat(bob.payloads()).containsExactly("on its way");
    }

    @Test
    void aHostWithoutAnAddressOfTheFamilyCannotSend() {
        assertThat(alice.send(Endpoint.parse("[2001:db8::1]:1"), "no IPv6 here"))
                .isFalse();
        assertThat(net.trace().count(NetEvent.Kind.SENT)).isZero();
    }

    @Test
    void packetsForNobodyOrForAClosedPortVanish() {
        alice.send(Endpoint.parse("192.0.2.77:1000"), "nobody");
        alice.send(Endpoint.of(bob.host.address(false), 9), "closed");
        pass(1);

        assertThat(net.trace().count(NetEvent.Kind.UNROUTABLE)).isEqualTo(1);
        assertThat(net.trace().count(NetEvent.Kind.UNHEARD)).isEqualTo(1);
    }

    @Test
    void aHostThatMovesIsFoundAtItsNewAddressOnly() {
        SimulatedNat nat = net.nat("hotel", NatKind.PORT_RESTRICTED_CONE)
                .address(IpAddress.parse("203.0.113.1"))
                .attach();
        Endpoint old = alice.endpoint();
        alice.host.move(nat, IpAddress.parse("10.1.1.1"));

        bob.send(old, "to where it was");
        alice.send(bob.endpoint(), "from the hotel");
        pass(1);

        assertThat(alice.heard).isEmpty();
        assertThat(bob.latestSource().address()).isEqualTo(nat.address(false));
        assertThat(net.trace().count(NetEvent.Kind.UNROUTABLE)).isEqualTo(1);
    }

    @Test
    void namesAndAddressesAreUnique() {
        assertThatIllegalArgumentException().isThrownBy(() -> net.host("alice"));
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> net.host("eve").address(bob.host.address(false)).attach());
        assertThat(net.node("bob")).contains(bob.host);
        assertThat(net.node("eve")).isEmpty();
    }

    @Test
    void aPortIsOpenedOnceAndAnAddressThatIsMissingIsNamed() {
        assertThatIllegalStateException()
                .isThrownBy(() -> bob.host.bind(1000, datagram -> {}))
                .withMessage("UDP port 1000 of bob is in use");
        assertThatIllegalStateException()
                .isThrownBy(() -> bob.host.address(true))
                .withMessage("bob has no IPv6 address");
    }

    @Test
    void conditionsOutOfRangeAreRefusedWithTheValue() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LinkConditions.builder().loss(1.5))
                .withMessage("loss must be 0..1, was 1.5");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LinkConditions.builder().delay(Duration.ofMillis(-1)))
                .withMessage("delay must be zero or more, was PT-0.001S");
    }

    private List<Integer> hundredInOrderOfArrival() {
        List<Integer> order = new ArrayList<>();
        bob.host.bind(8, datagram -> order.add((Integer) datagram.payload()));
        for (int i = 0; i < 100; i++) {
            alice.send(Endpoint.of(bob.host.address(false), 8), i);
            pass(1);
        }
        pass(100);
        return order;
    }

    private static List<Integer> sortedHundred() {
        List<Integer> sorted = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            sorted.add(i);
        }
        return sorted;
    }

    private void pass(long millis) {
        timeline.runFor(Duration.ofMillis(millis));
    }
}
