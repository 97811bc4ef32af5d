package io.wgsd.discovery.decide.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.discovery.Routes.AttachedNetwork;
import io.wgsd.model.Endpoint;
import io.wgsd.model.IpAddress;
import io.wgsd.model.IpPrefix;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a host may try of what a peer says of itself. */
class LocalRulesTest {

    private static final List<AttachedNetwork> HOME = List.of(new AttachedNetwork(
            IpAddress.parse("192.168.1.7"),
            IpPrefix.parse("192.168.1.0/24"),
            Set.of(IpAddress.parse("192.168.1.254"), IpAddress.parse("fe80::1"))));

    @Test
    void aNeighbourIsTriedWhereBothHaveTheSamePublicAddress() {
        assertThat(of(true, "192.168.1.8:51820").local()).containsExactly(Endpoint.parse("192.168.1.8:51820"));
        assertThat(of(false, "192.168.1.8:51820")).isEqualTo(Nearby.none());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "192.168.1.0:51820",
                "192.168.1.255:51820",
                "192.168.1.254:51820",
                "192.168.1.7:51820",
                "192.168.1.8:1023",
                "192.168.2.8:51820",
                "[fd00::8]:51820",
                "10.0.0.8:51820"
            })
    void neitherARouterNorAllHostsNorThisOneNorAServiceNorAnotherNetworkIs(String registered) {
        assertThat(of(true, registered)).isEqualTo(Nearby.none());
    }

    @Test
    void whatIsReachedFromAnywhereIsTriedFromAnywhere() {
        Nearby nearby = of(false, "[2001:db8::8]:51820", "203.0.113.9:40000", "203.0.113.9:80");
        assertThat(nearby.others())
                .containsExactly(Endpoint.parse("[2001:db8::8]:51820"), Endpoint.parse("203.0.113.9:40000"));
        assertThat(nearby.local()).isEmpty();
    }

    @Test
    void whatIsRefusedForOtherReasonsIsNot() {
        List<Endpoint> registered = List.of(Endpoint.parse("192.168.1.8:51820"), Endpoint.parse("[2001:db8::8]:51820"));
        assertThat(LocalRules.of(registered, true, HOME, endpoint -> false)).isEqualTo(Nearby.none());
    }

    @Test
    void aLongListIsNotTriedWhole() {
        String[] many = Stream.iterate(10, i -> i + 1)
                .limit(100)
                .map(i -> "192.168.1." + i + ":51820")
                .toArray(String[]::new);
        assertThat(of(true, many).local()).hasSize(2);
    }

    private static Nearby of(boolean sameSite, String... registered) {
        return LocalRules.of(Stream.of(registered).map(Endpoint::parse).toList(), sameSite, HOME, endpoint -> true);
    }
}
