package io.wgsd.discovery.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.model.IpAddress;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

/** The addresses from and to which questions are sent. */
class ServerPathTest {

    @Test
    void aSourceOfTheOtherFamilyIsLeftOut() throws Exception {
        ServerPath path = new ServerPath(new InetSocketAddress("192.0.2.1", 53), InetAddress.getByName("fd00::1"));
        assertThat(path.source()).isNull();
    }

    @Test
    void aLinkLocalServerIsMeantOnTheSourcesLink() throws Exception {
        ServerPath path = new ServerPath(new InetSocketAddress(linkLocal("fe80::1", 3), 53), linkLocal("fe80::2", 7));
        assertThat(((Inet6Address) path.server().getAddress()).getScopeId()).isEqualTo(7);
    }

    @Test
    void withoutASourceAServerStaysOnItsLink() throws Exception {
        ServerPath path = new ServerPath(new InetSocketAddress(linkLocal("fe80::1", 3), 53), null);
        assertThat(((Inet6Address) path.server().getAddress()).getScopeId()).isEqualTo(3);
    }

    private static Inet6Address linkLocal(String address, int index) throws Exception {
        return Inet6Address.getByAddress(null, IpAddress.parse(address).toBytes(), index);
    }
}
