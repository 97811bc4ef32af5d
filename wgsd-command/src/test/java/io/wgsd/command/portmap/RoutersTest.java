package io.wgsd.command.portmap;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.discovery.Routes;
import io.wgsd.model.IpAddress;
import io.wgsd.model.IpPrefix;
import io.wgsd.portmap.Gateway;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RoutersTest {

    private static final IpAddress SEEN = IpAddress.parse("203.0.113.1");
    private static final Routes.AttachedNetwork HOME =
            network("192.168.1.20", "192.168.1.0/24", "192.168.1.1", "fe80::1");
    private static final Routes.AttachedNetwork MOBILE = network("10.7.0.9", "10.7.0.0/16", "10.7.0.1");

    @Test
    void itIsTheDefaultRouterOfAnAttachedNetwork() {
        assertThat(router(new FakeRoutes(List.of(network("10.1.0.2", "10.1.0.0/24"), HOME), "192.168.1.20")))
                .contains(gateway("192.168.1.1", "192.168.1.20"));
    }

    @Test
    void ofSeveralItIsTheOneThatIsSentTo() {
        assertThat(router(new FakeRoutes(List.of(HOME, MOBILE), "10.7.0.9"))).contains(gateway("10.7.0.1", "10.7.0.9"));
    }

    @Test
    void whereAllGoesThroughATunnelItIsTheFirst() {
        assertThat(router(new FakeRoutes(List.of(HOME, MOBILE), "10.0.0.1")))
                .contains(gateway("192.168.1.1", "192.168.1.20"));
    }

    @Test
    void aHostThatHasTheAddressItselfNeedsNone() {
        assertThat(router(new FakeRoutes(
                        List.of(network("203.0.113.1", "203.0.113.0/24", "203.0.113.254")), "203.0.113.1")))
                .isEmpty();
    }

    @Test
    void thereIsNoneForIpv6NorOneThatIsReachedByAnotherRouter() {
        FakeRoutes routes =
                new FakeRoutes(List.of(network("192.168.1.20", "192.168.1.0/24", "10.9.9.9")), "192.168.1.20");

        assertThat(router(routes)).isEmpty();
        assertThat(Routers.translating(routes, "wg0", IpAddress.parse("2001:db8::1")))
                .isEmpty();
    }

    private static Optional<Gateway> router(Routes routes) {
        return Routers.translating(routes, "wg0", SEEN);
    }

    private static Gateway gateway(String address, String local) {
        return Gateway.of(IpAddress.parse(address), IpAddress.parse(local));
    }

    private static Routes.AttachedNetwork network(String own, String prefix, String... routers) {
        return new Routes.AttachedNetwork(
                IpAddress.parse(own),
                IpPrefix.parse(prefix),
                Set.of(routers).stream().map(IpAddress::parse).collect(Collectors.toSet()));
    }

    /** A host with some networks, which sends from one address. */
    private record FakeRoutes(List<AttachedNetwork> networks, String source) implements Routes {

        @Override
        public Set<IpAddress> addresses() {
            return networks.stream().map(AttachedNetwork::own).collect(Collectors.toSet());
        }

        @Override
        public Set<IpAddress> addresses(String device) {
            return Set.of();
        }

        @Override
        public Optional<IpAddress> source(InetSocketAddress destination) {
            return Optional.of(IpAddress.parse(source));
        }

        @Override
        public List<AttachedNetwork> networks(String device) {
            return networks;
        }
    }
}
