package io.wgsd.discovery;

import static io.wgsd.discovery.Samples.ALICE;
import static io.wgsd.discovery.Samples.BOB;
import static io.wgsd.discovery.Samples.device;
import static io.wgsd.discovery.Samples.peer;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.model.CryptokeyRouting;
import io.wgsd.model.Device;
import io.wgsd.model.Endpoint;
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
    private final EndpointRules rules = new EndpointRules(device, CryptokeyRouting.of(device), routes);

    @ParameterizedTest
    @ValueSource(strings = {"203.0.113.1:51820", "192.168.1.5:51820", "100.64.0.1:1", "198.51.100.7:51821"})
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
        "10.0.0.2:9, wg0's own",
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
