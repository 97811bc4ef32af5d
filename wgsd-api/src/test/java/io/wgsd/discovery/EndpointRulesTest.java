package io.wgsd.discovery;

import static io.wgsd.discovery.Samples.ALICE;
import static io.wgsd.discovery.Samples.BOB;
import static io.wgsd.discovery.Samples.device;
import static io.wgsd.discovery.Samples.peer;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.model.CryptokeyRouting;
import io.wgsd.model.Device;
import io.wgsd.model.Endpoint;
import io.wgsd.model.PublicKey;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where no peer can be, whoever advertises it. */
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
        assertThat(rules.refusal(Endpoint.parse(endpoint))).isEmpty();
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
        "[2001:db8::1]:51820, no route"
    })
    void aPlaceWhereNoPeerCanBeIsRefusedWithItsReason(String endpoint, String reason) {
        assertThat(rules.refusal(Endpoint.parse(endpoint))).get().asString().contains(reason);
    }

    @Test
    void theRegistrysOwnTunnelEndpointIsNobodyElses() {
        Device read = device(peer(ALICE, "203.0.113.254:51820", "10.0.0.254/32"), peer(BOB, "", "10.0.0.3/32"));
        EndpointRules of = rules(read, Set.of(ALICE));
        assertThat(of.refusal(Endpoint.parse("203.0.113.254:51820")))
                .get()
                .asString()
                .contains("registry");
        assertThat(of.refusal(Endpoint.parse("203.0.113.254:51821"))).isEmpty();
    }

    @Test
    void aFamilyIsAcceptedOnceThereIsARoute() {
        routes.route("::/0", FakeRoutes.OUTER);
        assertThat(rules.refusal(Endpoint.parse("[2001:db8::1]:51820"))).isEmpty();
    }

    @Test
    void ofARouteIsAskedOnlyWhereThereHasToBeOne() {
        Endpoint far = Endpoint.parse("[2001:db8::1]:51820");
        Endpoint inside = Endpoint.parse("[fd00::5]:51820");
        assertThat(rules.refusals(Set.of(far, inside), Set.of()))
                .containsEntry(far, Optional.empty())
                .hasEntrySatisfying(inside, refusal -> assertThat(refusal).isPresent());
        assertThat(rules.refusals(Set.of(far), Set.of(far)).get(far)).isPresent();
    }
}
