package io.wgsd.testkit.net;

import static io.wgsd.testkit.net.NatLab.ALICE;
import static io.wgsd.testkit.net.NatLab.BOB;
import static io.wgsd.testkit.net.NatLab.BOB_TUNNEL;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.model.Endpoint;
import io.wgsd.model.IpAddress;
import io.wgsd.model.IpPrefix;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a host answers to datagrams that nobody listens for, as counters show it on the other side. */
class PortUnreachableTest {

    private final Pair pair = new Pair().connected();

    @Test
    void aDatagramToTheDiscardPortIsAnsweredInOneRoundTripBy96Bytes() {
        long before = received();

        pair.alice.sendData(BOB);
        pair.pass(Pair.OWD.multipliedBy(2));

        assertThat(received() - before).isEqualTo(96);
    }

    @Test
    void byIpv6ItIs144Bytes() {
        IpAddress alice = IpAddress.parse("fd00::1");
        IpAddress bob = IpAddress.parse("fd00::2");
        pair.alice.addAddress(alice);
        pair.bob.addAddress(bob);
        pair.change(pair.alice, BOB, peer -> peer.addAllowedIp(IpPrefix.of(bob)));
        pair.change(pair.bob, ALICE, peer -> peer.addAllowedIp(IpPrefix.of(alice)));
        long before = received();

        pair.alice.send(40_000, Endpoint.of(bob, 9), 1, "wake up");
        pair.pass(Pair.OWD.multipliedBy(2));

        assertThat(received() - before).isEqualTo(144);
    }

    @Test
    void aLongDatagramIsQuotedInPart() {
        long before = received();

        pair.alice.send(40_000, Endpoint.of(BOB_TUNNEL, 9), 1300, "long");
        pair.pass(Pair.OWD.multipliedBy(2));

        assertThat(received() - before).isEqualTo(576 + 32);
    }

    @Test
    void aSilentHostDoesNotAnswer() {
        pair.bob.setRefusing(false);
        long before = received();

        pair.alice.sendData(BOB);
        pair.pass(Pair.OWD.multipliedBy(2));

        assertThat(received()).isEqualTo(before);
    }

    /** As Linux 6.18 was seen to do, with probes by a socket between two namespaces. */
    @ParameterizedTest
    @CsvSource({
        "500, 111111111110101010101010",
        "100, 1111110000100000000010000000001000000000",
        "1000, 111111111111",
    })
    void answersToOneHostAreSixAtOnceAndThenOneASecond(long millisApart, String answered) {
        StringBuilder seen = new StringBuilder();
        for (int i = 0; i < answered.length(); i++) {
            long before = received();
            pair.alice.sendData(BOB);
            pair.pass(Duration.ofMillis(millisApart));
            seen.append(received() - before >= 96 ? '1' : '0');
        }
        assertThat(seen).hasToString(answered);
    }

    @Test
    void allErrorsToOneHostShareOneLimit() {
        for (int i = 0; i < 6; i++) {
            pair.alice.send(40_000, Endpoint.of(BOB_TUNNEL, 5000 + i), 1, "to a closed port");
        }
        pair.pass(Pair.OWD.multipliedBy(2));
        long before = received();

        pair.alice.sendData(BOB);
        pair.pass(Pair.OWD.multipliedBy(2));

        assertThat(received()).isEqualTo(before);
    }

    @Test
    void anErrorIsNotAnsweredByAnErrorAndReachesNoSocket() {
        List<Object> heard = new ArrayList<>();
        pair.alice.bind(40_000, datagram -> heard.add(datagram.payload()));
        long before = pair.aliceAtBob().statistics().rxBytes();

        pair.alice.send(40_000, Endpoint.of(BOB_TUNNEL, 9), 1, "wake up");
        pair.pass(Duration.ofSeconds(1));

        assertThat(heard).isEmpty();
        assertThat(pair.aliceAtBob().statistics().rxBytes() - before).isEqualTo(64);
    }

    private long received() {
        return pair.bobAtAlice().statistics().rxBytes();
    }
}
