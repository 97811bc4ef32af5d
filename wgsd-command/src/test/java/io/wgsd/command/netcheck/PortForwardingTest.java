package io.wgsd.command.netcheck;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.model.IpAddress;
import io.wgsd.portmap.Gateway;
import io.wgsd.portmap.MappingOffer;
import io.wgsd.portmap.MappingProtocol;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PortForwardingTest {

    private static final IpAddress SEEN = IpAddress.parse("203.0.113.1");
    private static final Optional<Gateway> ROUTER =
            Optional.of(Gateway.of(IpAddress.parse("192.168.1.1"), IpAddress.parse("192.168.1.20")));

    @Test
    void whatTheRouterSpeaksIsNamed() {
        Fact fact = PortForwarding.of(
                ROUTER,
                SEEN,
                List.of(
                        offer(MappingProtocol.PCP, true, null),
                        offer(MappingProtocol.NAT_PMP, true, "203.0.113.1"),
                        offer(MappingProtocol.UPNP, false, null)));

        assertThat(fact.isGood()).isTrue();
        assertThat(fact.words()).isEqualTo("the router 192.168.1.1 can be asked to forward some: PCP, NAT-PMP");
        assertThat(fact.values())
                .containsEntry("router", "192.168.1.1")
                .containsEntry("protocols", List.of("PCP", "NAT-PMP"));
    }

    @Test
    void anotherNatInBetweenIsSaid() {
        Fact fact = PortForwarding.of(ROUTER, SEEN, List.of(offer(MappingProtocol.UPNP, true, "10.0.0.2")));

        assertThat(fact.words())
                .endsWith("UPnP; it takes 10.0.0.2 for its address, and registries see 203.0.113.1: another NAT is in"
                        + " between, so that this is of no use");
    }

    @Test
    void aRouterThatSpeaksNothingIsNoFault() {
        Fact fact = PortForwarding.of(
                ROUTER,
                SEEN,
                List.of(offer(MappingProtocol.PCP, false, null), offer(MappingProtocol.UPNP, false, null)));

        assertThat(fact.isGood()).isTrue();
        assertThat(fact.words())
                .isEqualTo("the router 192.168.1.1 forwards none that it is asked for: PCP: it is silent;"
                        + " UPnP: it is silent");
        assertThat(fact.values()).containsEntry("protocols", List.of());
    }

    @Test
    void withoutARouterNothingIsKnown() {
        Fact fact = PortForwarding.of(Optional.empty(), SEEN, List.of());

        assertThat(fact.words()).startsWith("not known: no router");
        assertThat(fact.values()).containsEntry("router", null).containsEntry("protocols", null);
    }

    private static MappingOffer offer(MappingProtocol protocol, boolean offered, String external) {
        return new MappingOffer(protocol, offered, Optional.ofNullable(external).map(IpAddress::parse), "it is silent");
    }
}
