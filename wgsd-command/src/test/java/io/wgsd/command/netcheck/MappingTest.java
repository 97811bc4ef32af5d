package io.wgsd.command.netcheck;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.dnssd.Advertisement;
import io.wgsd.dnssd.NatMapping;
import io.wgsd.model.Endpoint;
import io.wgsd.model.PublicKey;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MappingTest {

    private static final PublicKey KEY = PublicKey.parse("xScVkH3fUGUv4RrJFfmcqm8rs3SEHr41km6+yffAHw4=");

    @Test
    void withoutANatThereIsNoMapping() throws UnknownHostException {
        Fact fact = Mapping.of(List.of(seen("192.0.2.7:51820")), List.of(ipv4("192.0.2.7")));

        assertThat(fact.values()).containsEntry("nat", "none");
    }

    @Test
    void aRegistryInTheSameNetworkKnowsOfNoNat() throws UnknownHostException {
        Fact fact = Mapping.of(List.of(seen("192.168.1.5:51820")), List.of(ipv4("192.168.1.5")));

        assertThat(fact.values()).containsEntry("nat", null);
        assertThat(fact.words()).startsWith("not known: registries see this host's own address 192.168.1.5 only");
    }

    @Test
    void aRegistryInTheSameNetworkAndOneOutsideProveNothing() throws UnknownHostException {
        Fact fact =
                Mapping.of(List.of(seen("192.168.1.5:51820"), seen("203.0.113.1:4001")), List.of(ipv4("192.168.1.5")));

        assertThat(fact.values()).containsEntry("nat", null);
        assertThat(fact.words()).startsWith("not known: it needs two addresses");
    }

    @Test
    void aFamilyThatNoRegistryHearsMayHaveANat() throws UnknownHostException {
        Family ipv6 = new Family("IPv6", Optional.of(InetAddress.getByName("2001:db8::5")), false);

        Fact fact = Mapping.of(List.of(seen("[2001:db8::5]:51820")), List.of(ipv4("192.168.1.5"), ipv6));

        assertThat(fact.values()).containsEntry("nat", null);
        assertThat(fact.words()).startsWith("no NAT by IPv6").contains("no registry hears this host by IPv4");
    }

    @Test
    void oneRegistryAloneCannotTell() throws UnknownHostException {
        Fact fact = Mapping.of(List.of(seen("203.0.113.1:4000")), List.of(ipv4("192.168.1.5")));

        assertThat(fact.values()).containsEntry("nat", null);
        assertThat(fact.words()).startsWith("not known: it needs two addresses");
    }

    @Test
    void twoRegistriesThatSeeTwoPortsProveThatItDepends() throws UnknownHostException {
        Fact fact =
                Mapping.of(List.of(seen("203.0.113.1:4000"), seen("203.0.113.1:4001")), List.of(ipv4("192.168.1.5")));

        assertThat(fact.values()).containsEntry("nat", "dep");
        assertThat(fact.words()).contains("203.0.113.1:4000, 203.0.113.1:4001");
    }

    @Test
    void twoFamiliesProveNothing() throws UnknownHostException {
        Fact fact =
                Mapping.of(List.of(seen("203.0.113.1:4000"), seen("[2001:db8::1]:4001")), List.of(ipv4("192.168.1.5")));

        assertThat(fact.values()).containsEntry("nat", null);
    }

    @Test
    void whatTheRegistryFoundOutCounts() throws UnknownHostException {
        RegistryAnswer told = answer(Advertisement.builder(KEY)
                .endpoint(Endpoint.parse("203.0.113.1:4000"))
                .natMapping(NatMapping.ENDPOINT_INDEPENDENT)
                .build());

        Fact fact = Mapping.of(List.of(told), List.of(ipv4("192.168.1.5")));

        assertThat(fact.values()).containsEntry("nat", "eim");
        assertThat(fact.words()).contains("peers can reach this host directly");
    }

    private static RegistryAnswer seen(String endpoint) {
        return answer(
                Advertisement.builder(KEY).endpoint(Endpoint.parse(endpoint)).build());
    }

    private static RegistryAnswer answer(Advertisement self) {
        return new RegistryAnswer(
                "10.0.0.254:53", Duration.ofMillis(1), Optional.of(self), List.of(), Optional.empty());
    }

    private static Family ipv4(String local) throws UnknownHostException {
        return new Family("IPv4", Optional.of(InetAddress.getByName(local)), false);
    }
}
