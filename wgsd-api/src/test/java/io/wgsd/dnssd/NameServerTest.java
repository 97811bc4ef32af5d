package io.wgsd.dnssd;

import static io.wgsd.dnssd.Samples.ALICE_BASE32;
import static io.wgsd.dnssd.Samples.NAMES;
import static io.wgsd.dnssd.Samples.name;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgsd.model.IpAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** What a zone's name servers may be called, and what the zone says of them. */
class NameServerTest {

    @Test
    void aNameAndItsAddressesAreRead() {
        assertThat(NameServer.parse("ns2.example.com=192.0.2.2,2001:db8::2"))
                .isEqualTo(new NameServer(
                        name("ns2.example.com."),
                        List.of(IpAddress.parse("192.0.2.2"), IpAddress.parse("2001:db8::2"))));
        assertThat(NameServer.parse("ns.example.net.").addresses()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "=192.0.2.1",
                "ns_1.example.com",
                "*.example.com",
                "192.0.2.1",
                "ns1.example.com=",
                "ns1.example.com=ns2",
                "ns1.example.com=0.0.0.0",
                "ns1.example.com=224.0.0.1",
                "ns1.example.com=192.0.2.1,"
            })
    void textThatIsNoNameServerIsRefused(String text) {
        assertThatThrownBy(() -> NameServer.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void thoseNamedTakeThePlaceOfNs1AndTheFirstIsThePrimary() {
        Zone zone = zone("a.ns.example.com=192.0.2.1", "ns.example.net", "b.example.com=192.0.2.2,2001:db8::2");

        assertThat(zone.soa().getHost()).isEqualTo(name("a.ns.example.com."));
        assertThat(zone.find(NAMES.origin()).orElseThrow().rrset(Type.NS).stream()
                        .map(Record::rdataToString))
                .containsExactly("a.ns.example.com.", "ns.example.net.", "b.example.com.");
        assertThat(zone.find(name("b.example.com.")).orElseThrow().rrsets()).hasSize(2);
        assertThat(zone.find(name("ns.example.com.")).orElseThrow().rrsets()).isEmpty();
        assertThat(zone.find(name("ns1.example.com."))).isEmpty();
        assertThat(zone.find(name("ns.example.net."))).isEmpty();
    }

    @Test
    void thePrimaryAloneMayWaitForItsAddress() {
        ZoneOptions options = options("ns9.example.com", "ns2.example.com=192.0.2.2");
        Zone zone = Zone.of(options.withNameServerAddresses(List.of(IpAddress.parse("10.0.0.254"))), List.of(), 1);

        assertThat(zone.find(name("ns9.example.com."))).isPresent();
        assertThatThrownBy(() -> options("ns1.example.com", "ns2.example.com"))
                .hasMessageContaining("ns2.example.com.=192.0.2.2");
    }

    @Test
    void nameServersThatTheZoneCannotDescribeAreRefused() {
        assertThatThrownBy(() -> options("ns.example.net=192.0.2.1")).hasMessageContaining("give the name alone");
        assertThatThrownBy(() -> options("ns1.example.com", "NS1.example.com=192.0.2.1"))
                .hasMessageContaining("twice");
        assertThatThrownBy(() -> options(ALICE_BASE32 + ".example.com=192.0.2.1"))
                .hasMessageContaining("peer's host");
        assertThatThrownBy(() -> ZoneOptions.builder(NAMES)
                        .nameServer(NameServer.parse("ns.example.net"))
                        .nameServerAddress(IpAddress.parse("192.0.2.1"))
                        .build())
                .hasMessageContaining("ns1 has an address");
    }

    private static Zone zone(String... servers) {
        return Zone.of(options(servers), List.of(), 1);
    }

    private static ZoneOptions options(String... servers) {
        ZoneOptions.Builder options = ZoneOptions.builder(NAMES);
        for (String server : servers) {
            options.nameServer(NameServer.parse(server));
        }
        return options.build();
    }
}
