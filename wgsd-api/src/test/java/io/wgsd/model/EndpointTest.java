package io.wgsd.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An endpoint as a value: its parts, what makes two the same, and their order. */
class EndpointTest {

    private static final IpAddress LINK_LOCAL = IpAddress.parse("fe80::1");
    private static final IpAddress V4 = IpAddress.parse("192.0.2.1");

    @Test
    void hasAnAddressAndAPort() {
        Endpoint endpoint = Endpoint.of(V4, 51820);
        assertThat(endpoint.address()).isEqualTo(V4);
        assertThat(endpoint.port()).isEqualTo(51820);
        assertThat(endpoint.scope()).isEmpty();
        assertThat(endpoint.scopeIndex()).isEmpty();
    }

    @Test
    void isTheIpv4EndpointThatAMappedAddressStandsFor() {
        assertThat(Endpoint.of(IpAddress.parse("::ffff:192.0.2.1"), 1)).isEqualTo(Endpoint.of(V4, 1));
    }

    @Test
    void hasAScopeThatIsAName() {
        Endpoint endpoint = Endpoint.of(LINK_LOCAL, "eth0", 1);
        assertThat(endpoint.scope()).hasValue("eth0");
        assertThat(endpoint.scopeIndex()).isEmpty();
    }

    @Test
    void hasAScopeThatIsAnIndex() {
        Endpoint endpoint = Endpoint.of(LINK_LOCAL, "7", 1);
        assertThat(endpoint.scope()).hasValue("7");
        assertThat(endpoint.scopeIndex()).hasValue(7);
    }

    @Test
    void hasNoScopeWhereItsIndexIsZero() {
        assertThat(Endpoint.of(LINK_LOCAL, "0", 1)).isEqualTo(Endpoint.of(LINK_LOCAL, 1));
    }

    @Test
    void differsByAddressScopeAndPort() {
        assertThat(Stream.of(
                        Endpoint.of(LINK_LOCAL, 1),
                        Endpoint.of(LINK_LOCAL, "2", 1),
                        Endpoint.of(LINK_LOCAL, "eth0", 1),
                        Endpoint.of(LINK_LOCAL, 2),
                        Endpoint.of(IpAddress.parse("fe80::2"), 1),
                        Endpoint.of(V4, 1)))
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.1:1", "[2001:db8::1]:1", "[fe80::1%eth0]:1", "[fe80::1%2]:1"})
    void equalsAnotherOfTheSameParts(String text) {
        assertThat(Endpoint.parse(text))
                .isEqualTo(Endpoint.parse(text))
                .hasSameHashCodeAs(Endpoint.parse(text))
                .isEqualByComparingTo(Endpoint.parse(text))
                .isNotEqualTo(text);
    }

    @Test
    void ordersByAddressThenScopeThenPort() {
        List<Endpoint> ordered = List.of(
                Endpoint.parse("10.0.0.1:2"),
                Endpoint.parse("192.0.2.1:1"),
                Endpoint.parse("192.0.2.1:51820"),
                Endpoint.parse("[fe80::1]:9"),
                Endpoint.parse("[fe80::1%2]:1"),
                Endpoint.parse("[fe80::1%2]:9"),
                Endpoint.parse("[fe80::1%eth0]:1"),
                Endpoint.parse("[fe80::2]:1"));
        assertThat(ordered).isSorted();
        assertThat(ordered.get(7)).isGreaterThan(ordered.get(3));
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 65536, Integer.MAX_VALUE})
    void hasAPortThatUdpHas(int port) {
        assertThatThrownBy(() -> Endpoint.of(V4, port))
                .isInstanceOf(FormatException.class)
                .hasMessage("endpoint: port must be 1..65535, was " + port);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "%", "a/b", "eth0]", "1234567890123456"})
    void hasAScopeThatAnInterfaceCanHave(String scope) {
        assertThatThrownBy(() -> Endpoint.of(LINK_LOCAL, scope, 1))
                .isInstanceOf(FormatException.class)
                .hasMessage(
                        "scope \"" + scope + "\": must be an interface's index or its name of at most 15 characters");
    }

    @Test
    void hasNoScopeWhereItIsIpv4() {
        assertThatThrownBy(() -> Endpoint.of(V4, "eth0", 1))
                .isInstanceOf(FormatException.class)
                .hasMessage("endpoint: an IPv4 address has no scope, was %eth0");
    }

    @Test
    void comesFromASocketAddress() {
        assertThat(Endpoint.of(new InetSocketAddress(V4.toInetAddress(), 51820)))
                .isEqualTo(Endpoint.parse("192.0.2.1:51820"));
    }

    @Test
    void keepsTheScopeOfASocketAddressAsAnIndex() throws UnknownHostException {
        Inet6Address scoped = Inet6Address.getByAddress(null, LINK_LOCAL.toBytes(), 7);
        assertThat(Endpoint.of(new InetSocketAddress(scoped, 1))).isEqualTo(Endpoint.parse("[fe80::1%7]:1"));
    }

    @Test
    void refusesASocketAddressThatIsAName() {
        assertThatThrownBy(() -> Endpoint.of(InetSocketAddress.createUnresolved("example.com", 51820)))
                .isInstanceOf(FormatException.class)
                .hasMessageStartingWith("endpoint \"example.com\": is a name that was not resolved; must be");
    }

    @Test
    void refusesASocketAddressWithoutAPort() {
        assertThatThrownBy(() -> Endpoint.of(new InetSocketAddress(V4.toInetAddress(), 0)))
                .isInstanceOf(FormatException.class)
                .hasMessage("endpoint: port must be 1..65535, was 0");
    }
}
