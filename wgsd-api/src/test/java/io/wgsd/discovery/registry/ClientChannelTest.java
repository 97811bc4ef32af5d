package io.wgsd.discovery.registry;

import static io.wgsd.discovery.Samples.ALICE;
import static io.wgsd.discovery.Samples.BOB;
import static io.wgsd.discovery.Samples.NAMES;
import static io.wgsd.discovery.exchange.ScriptedResponse.address;
import static io.wgsd.discovery.exchange.ScriptedResponse.ptr;
import static io.wgsd.discovery.exchange.ScriptedResponse.srv;
import static io.wgsd.discovery.exchange.ScriptedResponse.txt;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.discovery.LookupResult;
import io.wgsd.discovery.exchange.FakeAsker;
import io.wgsd.discovery.lookup.FakeLookups;
import io.wgsd.discovery.lookup.Lookups;
import io.wgsd.dnssd.Advertisement;
import io.wgsd.dnssd.NatMapping;
import io.wgsd.dnssd.RelayAdvertisement;
import io.wgsd.model.Endpoint;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** What an agent learns from a registry that it asks by DNS: more than where a peer is. */
class ClientChannelTest {

    private static final InetSocketAddress SERVER = new InetSocketAddress("10.0.0.254", 53);
    private static final Function<InetSocketAddress, Optional<InetAddress>> ANY_SOURCE = server -> Optional.empty();
    private static final Record TEXT =
            txt(NAMES.instance(ALICE), "txtvers=1", "pub=" + ALICE, "allowed=", "nat=apdm", "relay=" + BOB.toBase32());
    private static final Advertisement EXPECTED = Advertisement.builder(ALICE)
            .endpoint(Endpoint.parse("203.0.113.1:51820"))
            .natMapping(NatMapping.ADDRESS_AND_PORT_DEPENDENT)
            .relays(List.of(BOB))
            .build();

    private final FakeAsker registry = new FakeAsker();
    private final Lookups lookups = FakeLookups.of(SERVER, registry);
    private final ClientChannel channel = new ClientChannel(lookups, new InlineThreads());

    @BeforeEach
    void advertiseAlice() {
        registry.on(NAMES.instance(ALICE), Type.SRV)
                .answer(srv(NAMES.instance(ALICE), 51820, NAMES.host(ALICE)))
                .additional(address(NAMES.host(ALICE), "203.0.113.1"), TEXT);
    }

    @Test
    void oneQuestionBringsTheRelaysThatHearAPeerAndHowItsNatMaps() {
        assertThat(channel.ask(ALICE, ANY_SOURCE)).isCompletedWithValue(Optional.of(EXPECTED));
        assertThat(registry.asked()).containsExactly("SRV " + NAMES.instance(ALICE));
    }

    @Test
    void aTextThatDoesNotComeAlongIsAskedFor() {
        registry.on(NAMES.instance(ALICE), Type.SRV)
                .answer(srv(NAMES.instance(ALICE), 51820, NAMES.host(ALICE)))
                .additional(address(NAMES.host(ALICE), "203.0.113.1"));
        registry.on(NAMES.instance(ALICE), Type.TXT).answer(TEXT);

        assertThat(channel.ask(ALICE, ANY_SOURCE)).isCompletedWithValue(Optional.of(EXPECTED));
    }

    @Test
    void severalPeersAtOnceHaveTheSame() throws Exception {
        assertThat(lookups.findAll(List.of(ALICE))).isEqualTo(Map.of(ALICE, new LookupResult.Found(EXPECTED)));
    }

    @Test
    void theZonesRelaysAreListed() {
        registry.on(NAMES.relays(), Type.PTR)
                .answer(ptr(NAMES.relays(), NAMES.relay(BOB)))
                .additional(srv(NAMES.relay(BOB), 443, NAMES.host(BOB)), address(NAMES.host(BOB), "192.0.2.9"));

        assertThat(channel.relays(ANY_SOURCE))
                .isCompletedWithValue(List.of(new RelayAdvertisement(BOB, List.of(Endpoint.parse("192.0.2.9:443")))));
    }
}
