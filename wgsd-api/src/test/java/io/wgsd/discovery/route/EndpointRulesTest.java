package io.wgsd.discovery.route;

import static io.wgsd.discovery.Samples.ALICE;
import static io.wgsd.discovery.Samples.BOB;
import static io.wgsd.discovery.Samples.device;
import static io.wgsd.discovery.Samples.peer;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.model.CryptokeyRouting;
import io.wgsd.model.Device;
import io.wgsd.model.Endpoint;
import io.wgsd.model.PublicKey;
import io.wgsd.spi.OuterRoute;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Endpoints where no peer can be, no matter which registry advertises them. */
class EndpointRulesTest {

    private final FakeRoutes routes = new FakeRoutes();
    private final Device device =
            device(peer(ALICE, "", "10.0.0.3/32", "172.16.0.0/12", "0.0.0.0/0"), peer(BOB, "", "fd00::/64", "::/0"));
    private final EndpointRules rules = rules(device, Set.of());

    private EndpointRules rules(Device of, Set<PublicKey> registries) {
        return new EndpointRules(of, registries, CryptokeyRouting.of(of), routes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"203.0.113.1:51820", "192.168.1.5:51820", "100.64.0.1:1"})
    void aPlaceWhereAPeerMayBeIsAccepted(String endpoint) {
        assertThat(rules.finding(Endpoint.parse(endpoint)).refusal()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0:51820, unspecified",
        "[::]:51820, unspecified",
        "127.0.0.1:51820, loopback",
        "127.255.0.9:51820, loopback",
        "[::1]:51820, loopback",
        "[::ffff:127.0.0.1]:51820, loopback",
        "224.0.0.1:51820, no single host",
        "[ff02::1]:51820, no single host",
        "255.255.255.255:51820, no single host",
        "169.254.1.1:51820, link-local",
        "[fe80::1]:51820, link-local",
        "0.0.0.1:51820, no host has",
        "240.0.0.1:51820, reserved",
        "[64:ff9b::127.0.0.1]:51820, loopback",
        "[::203.0.113.1]:51820, no host has",
        "10.0.0.2:9, wg0's own",
        "198.51.100.7:22, this host's own address",
        "[64:ff9b::198.51.100.7]:22, this host's own address",
        "[2002:c633:6407::1]:51820, wg0's own",
        "[64:ff9b::10.0.0.3]:51820, inside the tunnel",
        "198.51.100.7:51820, wg0's own",
        "10.0.0.3:51820, inside the tunnel",
        "172.31.255.255:51820, inside the tunnel",
        "[fd00::5]:51820, inside the tunnel",
    })
    void aPlaceWhereNoPeerCanBeIsRefusedWithItsReason(String endpoint, String reason) {
        assertThat(rules.finding(Endpoint.parse(endpoint)).refusal())
                .get()
                .asString()
                .contains(reason);
    }

    @Test
    void theRegistrysOwnTunnelEndpointIsNobodyElses() {
        Device read = device(peer(ALICE, "203.0.113.254:51820", "10.0.0.254/32"), peer(BOB, "", "10.0.0.3/32"));
        EndpointRules of = rules(read, Set.of(ALICE));
        assertThat(of.finding(Endpoint.parse("203.0.113.254:51820")).refusal())
                .get()
                .asString()
                .contains("registry");
        assertThat(of.finding(Endpoint.parse("203.0.113.254:51821")).refusal()).isEmpty();
    }

    @Test
    void whereOnlyAnApplicationsRouteIsKnownAMissingOneIsADoubtAndNoRefusal() {
        Endpoint far = Endpoint.parse("[2001:db8::1]:51820");
        assertThat(rules.finding(far)).isEqualTo(Finding.doubted("an application on this host has no route to it"));
        routes.route("::/0", FakeRoutes.OUTER);
        assertThat(rules.finding(far)).isEqualTo(Finding.GOOD);
    }

    @ParameterizedTest
    @CsvSource({
        "203.0.113.1:51820, INTO_ITSELF, would go into wg0 itself",
        "203.0.113.1:51820, NONE, no route to it for packets of wg0's own",
        "127.0.0.1:51820, OUTSIDE, loopback",
        "10.0.0.2:9, OUTSIDE, wg0's own",
    })
    void whereTheSystemKnowsHowTheDevicesPacketsAreRoutedThatIsWhatCounts(
            String endpoint, OuterRoute route, String reason) {
        routes.outer(endpoint, route);
        assertThat(rules.finding(Endpoint.parse(endpoint)).refusal())
                .get()
                .asString()
                .contains(reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.3:51820", "172.31.255.255:51820", "[fd00::5]:51820", "[2001:db8::1]:51820"})
    void anEndpointInTheAllowedIpsIsAcceptedIfTheSystemRoutesItOutside(String endpoint) {
        routes.outer(endpoint, OuterRoute.OUTSIDE);
        assertThat(rules.finding(Endpoint.parse(endpoint))).isEqualTo(Finding.GOOD);
    }

    @Test
    void anUnknownRouteIsADoubt() {
        routes.outer("10.0.0.3:51820", OuterRoute.UNKNOWN);
        Finding finding = rules.finding(Endpoint.parse("10.0.0.3:51820"));
        assertThat(finding.refusal()).isEmpty();
        assertThat(finding.doubt()).get().asString().contains("another network namespace");
    }

    @Test
    void aDefaultRouteInPiecesRefusesNoPublicEndpoint() {
        Device read = device(peer(ALICE, "", "0.0.0.0/1", "128.0.0.0/1"), peer(BOB, "", "10.0.0.3/32"));
        EndpointRules of = rules(read, Set.of());
        assertThat(of.finding(Endpoint.parse("203.0.113.1:51820"))).isEqualTo(Finding.GOOD);
        assertThat(of.finding(Endpoint.parse("10.0.0.3:51820")).refusal()).isPresent();
    }

    @Test
    void ofARouteIsAskedOnlyWhereThereHasToBeOne() {
        Endpoint far = Endpoint.parse("[2001:db8::1]:51820");
        Endpoint inside = Endpoint.parse("[fd00::5]:51820");
        assertThat(rules.findings(Set.of(far, inside), Set.of()))
                .containsOnly(Map.entry(far, Finding.GOOD), Map.entry(inside, Finding.GOOD));
        assertThat(rules.findings(Set.of(far), Set.of(far)).get(far)).isNotEqualTo(Finding.GOOD);
    }
}
