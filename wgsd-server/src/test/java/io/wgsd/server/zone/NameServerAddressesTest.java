package io.wgsd.server.zone;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.model.IpAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Which addresses a zone gives for a name server of which nobody has said any. */
class NameServerAddressesTest {

    private static final List<InetSocketAddress> OF_THIS_HOST =
            sockets("127.0.0.1", "192.0.2.1", "172.17.0.1", "10.0.0.254", "fd00::254", "::1");

    @Test
    void thoseThatWereNamed() {
        assertThat(chosen(sockets("192.0.2.1"), sockets("192.0.2.1"))).containsExactly("192.0.2.1");
    }

    @Test
    void thoseOfTheDeviceWhereNoneWas() {
        assertThat(chosen(List.of(), sockets("10.0.0.254", "fd00::254"))).containsExactly("10.0.0.254", "fd00::254");
    }

    @Test
    void ofAWildcardTheDevicesOnly() {
        assertThat(chosen(sockets("0.0.0.0"), OF_THIS_HOST)).containsExactly("10.0.0.254", "fd00::254");
    }

    @Test
    void thoseNamedBesideAWildcardToo() {
        assertThat(chosen(sockets("::", "192.0.2.1"), OF_THIS_HOST))
                .containsExactly("10.0.0.254", "192.0.2.1", "fd00::254");
    }

    @Test
    void ofAWildcardNoneWhereTheDeviceHasNone() {
        assertThat(chosen(sockets("0.0.0.0"), sockets("127.0.0.1", "192.0.2.1")))
                .isEmpty();
    }

    @Test
    void loopbackWhereThereIsNothingElse() {
        assertThat(chosen(sockets("127.0.0.1", "192.0.2.1"), sockets("127.0.0.1", "192.0.2.1")))
                .containsExactly("192.0.2.1");
        assertThat(chosen(sockets("127.0.0.1"), sockets("127.0.0.1"))).containsExactly("127.0.0.1");
    }

    @Test
    void theDeviceIsReadOnlyWhenTheListenAddressesChange() {
        int[] looks = {0};
        NameServerAddresses addresses = new NameServerAddresses(sockets("0.0.0.0"), () -> {
            looks[0]++;
            return Set.of();
        });

        addresses.of(OF_THIS_HOST);
        addresses.of(OF_THIS_HOST);
        addresses.of(sockets("192.0.2.1"));

        assertThat(looks[0]).isEqualTo(2);
    }

    private static List<String> chosen(List<InetSocketAddress> asked, List<InetSocketAddress> listening) {
        Set<IpAddress> ofDevice = Set.of(IpAddress.parse("10.0.0.254"), IpAddress.parse("fd00::254"));
        return new NameServerAddresses(asked, () -> ofDevice)
                .of(listening).stream().map(IpAddress::toString).toList();
    }

    private static List<InetSocketAddress> sockets(String... addresses) {
        return Arrays.stream(addresses)
                .map(address -> new InetSocketAddress(IpAddress.parse(address).toInetAddress(), 53))
                .collect(Collectors.toList());
    }
}
