package io.wgsd.server.nat;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.dnssd.NatMapping;
import io.wgsd.model.Endpoint;
import io.wgsd.model.IpAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What is said of a NAT after a history of samples, each of them {@code SECOND OBSERVER SOURCE}.
 *
 * <p>The device and a relay listen at one address, another relay at another one, and of two observers the addresses are
 * not known exactly. A source is a port at the peer's usual address, or an endpoint.
 */
class MappingEvidenceTest {

    private static final IpAddress HERE = IpAddress.parse("192.0.2.1");
    private static final IpAddress ELSEWHERE = IpAddress.parse("192.0.2.129");
    private static final IpAddress HERE6 = IpAddress.parse("2001:db8::1");
    private static final IpAddress ELSEWHERE6 = IpAddress.parse("2001:db8:9::1");

    private static final Map<String, Observer> OBSERVERS = Map.of(
            "device", new Observer(Set.of(HERE, HERE6), 51820),
            "relay", new Observer(Set.of(HERE, HERE6), 443),
            "other", new Observer(Set.of(ELSEWHERE, ELSEWHERE6), 443),
            "either", new Observer(Set.of(HERE, ELSEWHERE), 51820),
            "unknown", new Observer(Set.of(), 51820));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # It is proved at two addresses by three comparisons.
            0 device 5, 1 other 5, 10 device 5, 11 other 5, 20 device 5, 21 other 5 | eim
            0 device 5, 1 other 5, 10 device 5, 11 other 5                          | nothing
            0 device 5, 1 other 6, 10 device 5, 11 other 6, 20 device 5, 21 other 6 | dep
            0 device 5, 1 other 6, 10 device 5, 11 other 6                          | nothing

            # At one address another port is what depends, and the same one proves nothing.
            0 device 5, 1 relay 6, 10 device 5, 11 relay 6, 20 device 5, 21 relay 6 | apdm
            0 device 5, 1 relay 5, 10 device 5, 11 relay 5, 20 device 5, 21 relay 5 | nothing

            # At addresses that are not known the same source proves nothing either.
            0 unknown 5, 1 relay 5, 10 unknown 5, 11 relay 5, 20 unknown 5, 21 relay 5 | nothing
            0 unknown 5, 1 relay 6, 10 unknown 5, 11 relay 6, 20 unknown 5, 21 relay 6 | dep
            0 either 5, 1 relay 5, 10 either 5, 11 relay 5, 20 either 5, 21 relay 5    | nothing
            0 either 5, 1 relay 6, 10 either 5, 11 relay 6, 20 either 5, 21 relay 6    | dep

            # Both have to have heard anew each time.
            0 device 5, 1 other 5, 2 device 5, 3 device 5, 4 device 5, 5 device 5   | nothing
            0 device 5, 0 other 5, 0 device 5, 0 other 5, 0 device 5, 0 other 5     | nothing

            # Within five seconds, and in a row.
            0 device 5, 5 other 5, 10 device 5, 15 other 5, 20 device 5, 25 other 5 | eim
            0 device 5, 6 other 5, 12 device 5, 18 other 5, 24 device 5, 30 other 5 | nothing
            0 device 5, 0 other 5, 9 device 5, 9 other 5, 18 device 6, 18 other 5, 27 device 5, 27 other 5 | nothing
            0 device 5, 0 other 6, 9 device 5, 9 other 6, 18 device 5, 18 other 5, 27 device 5, 27 other 6 | nothing

            # A mapping that is made anew between comparisons is still one for all.
            0 device 5, 1 other 5, 30 device 6, 31 other 6, 60 device 7, 61 other 7 | eim

            # The more exact of two facts counts, and one that depends before one that does not seem to.
            0 device 5, 0 relay 6, 0 other 7, 9 device 5, 9 relay 6, 9 other 7, 18 device 5, 18 relay 6, 18 other 7 | apdm
            0 device 5, 0 relay 6, 0 other 5, 9 device 5, 9 relay 6, 9 other 5, 18 device 5, 18 relay 6, 18 other 5 | apdm
            0 device 5, 0 relay 6, 0 other 5, 9 device 5, 9 relay 5, 9 other 5, 18 device 5, 18 relay 5, 18 other 5 | eim

            # One that depends on the address alone looks the same at one address.
            0 device 5, 0 relay 5, 0 other 7, 9 device 5, 9 relay 5, 9 other 7, 18 device 5, 18 relay 5, 18 other 7 | dep

            # A loopback address stands for a peer whose packets come over TLS, and shows nothing.
            0 device 127.128.0.1:5, 0 other 127.128.1.1:6, 9 device 127.128.0.1:5, 9 other 127.128.1.1:6, 18 device 127.128.0.1:5, 18 other 127.128.1.1:6 | nothing

            # The address counts as well as the port.
            0 device 5, 0 other 198.51.100.2:5, 9 device 5, 9 other 198.51.100.2:5, 18 device 5, 18 other 198.51.100.2:5 | dep
            """)
    void whatIsProvedIsSaidAndNothingElse(String history, String expected) {
        assertThat(said(after(history), false)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # What shows the opposite does so at once.
            5 | 30 device 5, 31 other 6                          | nothing
            6 | 30 device 5, 31 other 5                          | nothing
            6 | 30 device 5, 31 other 5, 40 device 5, 41 other 5, 50 device 5, 51 other 5 | eim

            # A peer that is at another address is behind another NAT, whichever of the two sees it first.
            5 | 30 device 198.51.100.2:5                         | nothing
            6 | 30 other 198.51.100.2:6                          | nothing

            # What one of them sees alone says nothing new.
            5 | 30 device 7                                      | eim
            6 | 30 device 7                                      | dep
            """)
    void aFactIsForgottenOnceTheOppositeIsSeen(int port, String history, String expected) {
        assertThat(said(after(times(3, port) + ", " + history), false)).isEqualTo(expected);
    }

    @Test
    void aFactIsForgottenAnHourAfterItWasShownLast() {
        MappingEvidence known = after(times(3, 5));

        assertThat(said(known.at(nanos("3620")), false)).isEqualTo("eim");
        assertThat(said(known.at(nanos("3621")), false)).isEqualTo("nothing");
        assertThat(known.at(nanos("3621")).isEmpty()).isTrue();
    }

    @Test
    void comparisonsThatAreAnHourApartAreNotInARow() {
        assertThat(said(after(times(2, 5) + ", 3620 device 5, 3621 other 5"), false))
                .isEqualTo("nothing");
    }

    @Test
    void eachFamilyHasFactsOfItsOwn() {
        String dependent = "0 device [2001:db8:a::1]:5, 0 other [2001:db8:a::1]:6";
        MappingEvidence known = after(Stream.of("0", "10", "20")
                .map(second -> dependent.replaceAll("(^|, )0 ", "$1" + second + " "))
                .collect(Collectors.joining(", ", times(3, 5) + ", ", "")));

        assertThat(said(known, false)).isEqualTo("eim");
        assertThat(said(known, true)).isEqualTo("dep");
    }

    @Test
    void aPeerThatManyObserversHearTakesNoMoreRoomThanEight() {
        MappingEvidence known = MappingEvidence.NONE;
        for (int i = 1; i <= 1000; i++) {
            known = known.with(new Sample(new Observer(Set.of(), i), Endpoint.parse("203.0.113.1:5"), i));
        }

        assertThat(known.observers()).isEqualTo(8);
        assertThat(known.comparisons()).isEqualTo(8 * 7 / 2);
    }

    /** Returns a history in which the device sees port 5 so many times, and the other relay sees this one. */
    private static String times(int times, int port) {
        return Stream.iterate(0, second -> second + 10)
                .limit(times)
                .map(second -> second + " device 5, " + (second + 1) + " other " + port)
                .collect(Collectors.joining(", "));
    }

    private static MappingEvidence after(String history) {
        MappingEvidence known = MappingEvidence.NONE;
        for (String sample : history.split(", ")) {
            String[] words = sample.split(" ");
            Endpoint source = Endpoint.parse(words[2].contains(":") ? words[2] : "203.0.113.1:" + words[2]);
            known = known.with(new Sample(OBSERVERS.get(words[1]), source, nanos(words[0])));
        }
        return known;
    }

    private static long nanos(String seconds) {
        return Duration.ofSeconds(Long.parseLong(seconds)).toNanos();
    }

    private static String said(MappingEvidence evidence, boolean ipv6) {
        return evidence.mapping(ipv6).map(NatMapping::text).orElse("nothing");
    }
}
