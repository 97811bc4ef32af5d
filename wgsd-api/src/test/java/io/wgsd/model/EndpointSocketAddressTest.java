package io.wgsd.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.UnknownHostException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** At the edge an endpoint becomes what Java's sockets take, and only there a scope is looked up. */
class EndpointSocketAddressTest {

    @Test
    void ofIpv4IsResolved() throws IOException {
        InetSocketAddress address = Endpoint.parse("192.0.2.1:51820").toSocketAddress();
        assertThat(address.isUnresolved()).isFalse();
        assertThat(address.getAddress()).isInstanceOf(Inet4Address.class);
        assertThat(address.getPort()).isEqualTo(51820);
    }

    @Test
    void holdsNoNameThatWouldBeLookedUp() throws IOException {
        assertThat(Endpoint.parse("192.0.2.1:51820").toSocketAddress()).hasToString("/192.0.2.1:51820");
    }

    @Test
    void keepsAScopeThatIsAnIndex() throws IOException {
        InetSocketAddress address = Endpoint.parse("[fe80::1%7]:51820").toSocketAddress();
        assertThat(((Inet6Address) address.getAddress()).getScopeId()).isEqualTo(7);
    }

    @Test
    void hasNoScopeWhereTheEndpointHasNone() throws IOException {
        InetSocketAddress address = Endpoint.parse("[fe80::1]:51820").toSocketAddress();
        assertThat(((Inet6Address) address.getAddress()).getScopeId()).isZero();
    }

    @Test
    void turnsAScopeThatIsANameIntoItsIndex() throws IOException {
        Optional<NetworkInterface> any = NetworkInterface.networkInterfaces().findFirst();
        assumeTrue(any.isPresent(), "this host shows no network interface");
        InetSocketAddress address =
                Endpoint.parse("[fe80::1%" + any.get().getName() + "]:1").toSocketAddress();
        assertThat(((Inet6Address) address.getAddress()).getScopeId())
                .isEqualTo(any.get().getIndex());
    }

    @Test
    void saysWhichInterfaceThisHostDoesNotHave() {
        assertThatThrownBy(() -> Endpoint.parse("[fe80::1%no-such-if]:1").toSocketAddress())
                .isInstanceOf(UnknownHostException.class)
                .hasMessage("endpoint [fe80::1%no-such-if]:1: this host has no interface \"no-such-if\"");
    }

    @Test
    void comesBackAsTheSameEndpoint() throws IOException {
        Endpoint endpoint = Endpoint.parse("[fe80::1%7]:51820");
        assertThat(Endpoint.of(endpoint.toSocketAddress())).isEqualTo(endpoint);
    }
}
