package io.wgsd.discovery.route;

import static io.wgsd.discovery.Samples.ALICE;
import static io.wgsd.discovery.Samples.BOB;
import static io.wgsd.discovery.Samples.NOW;
import static io.wgsd.discovery.Samples.REGISTRY;
import static io.wgsd.discovery.Samples.device;
import static io.wgsd.discovery.Samples.peer;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.model.Device;
import io.wgsd.model.Endpoint;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is asked of the system about where packets go, and how seldom. */
class ReachabilityTest {

    private static final Endpoint THERE = Endpoint.parse("203.0.113.1:1000");
    private static final InetSocketAddress TO_ALICE = new InetSocketAddress("10.0.0.3", 9);
    private static final InetSocketAddress TO_BOB = new InetSocketAddress("198.18.7.7", 9);

    private final FakeRoutes routes = new FakeRoutes();
    private final Device device = device(
            peer(REGISTRY, "192.0.2.254:51820", "10.0.0.254/32"),
            peer(ALICE, "", "10.0.0.3/32"),
            peer(BOB, "", "198.18.7.7/32"));
    private final Reachability reach = new Reachability(routes, () -> List.of(new InetSocketAddress("10.0.0.254", 53)));

    @Test
    void aPeerIsRoutedWhereItsAddressIsReachedFromTheDevicesOwn() {
        reach.update(device, NOW);
        assertThat(reach.routed(Set.of(ALICE, BOB))).containsExactly(ALICE);
    }

    @Test
    void theSystemIsAskedInOneGoAndAboutThoseOnlyThatAreAskedFor() {
        reach.update(device, NOW);
        routes.asked().clear();
        int before = routes.calls();
        reach.routed(Set.of(ALICE, BOB));
        assertThat(routes.asked()).containsExactlyInAnyOrder(TO_ALICE, TO_BOB);
        assertThat(routes.calls()).isEqualTo(before + 1);
    }

    @Test
    void aKnownRouteIsNotAskedAgainForTenSeconds() {
        reach.update(device, NOW);
        reach.routed(Set.of(ALICE));
        reach.findings(Set.of(THERE));
        routes.asked().clear();

        assertThat(reach.update(device, NOW.plus(Duration.ofSeconds(9)))).isFalse();
        reach.routed(Set.of(ALICE));
        reach.findings(Set.of(THERE));
        assertThat(routes.asked()).isEmpty();

        assertThat(reach.update(device, NOW.plus(Duration.ofSeconds(10)))).isTrue();
        reach.routed(Set.of(ALICE));
        assertThat(routes.asked()).contains(TO_ALICE);
    }

    @Test
    void changedRoutesAreAskedAboutAtOnce() {
        reach.update(device, NOW);
        reach.changed();
        assertThat(reach.update(device, NOW)).isTrue();
    }

    @Test
    void beforeTheFirstLookNothingIsKnown() {
        assertThat(reach.routed(Set.of(ALICE))).isEmpty();
        assertThat(reach.findings(Set.of(THERE))).isEmpty();
        assertThat(routes.calls()).isZero();
    }

    @Test
    void anEndpointInsideTheTunnelIsRefused() {
        Endpoint inside = Endpoint.parse("10.0.0.3:1000");
        reach.update(device, NOW);
        assertThat(reach.findings(Set.of(THERE, inside))).satisfies(findings -> {
            assertThat(findings.get(THERE).refusal()).isEmpty();
            assertThat(findings.get(inside).refusal()).isPresent();
        });
    }
}
