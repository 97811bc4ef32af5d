package io.wgsd.server;

import static io.wgsd.server.Samples.ALICE;
import static io.wgsd.server.Samples.BOB;
import static io.wgsd.server.Samples.HOME;
import static io.wgsd.server.Samples.NAMES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgsd.discovery.DiscoveryClient;
import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.dnssd.RelayAdvertisement;
import io.wgsd.dnssd.ZoneOptions;
import io.wgsd.model.Endpoint;
import io.wgsd.model.PublicKey;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Message;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** A relay that a registry is given, as clients find it. */
class RelaySourceTest {

    private static final RelayAdvertisement RELAY =
            new RelayAdvertisement(BOB, List.of(Endpoint.parse("192.0.2.9:443"), Endpoint.parse("[2001:db8::9]:443")));

    private volatile Map<RelayAdvertisement, Set<PublicKey>> heard = Map.of(RELAY, Set.of());

    @Test
    void oneQuestionForTheListBringsAllThatAClientNeeds() throws Exception {
        try (World world = new World()) {
            Registry registry = world.start(world.builder().relays(() -> heard));
            world.awaitEvent("ready");

            Message response = World.ask(registry, NAMES.relays(), Type.PTR);

            assertThat(response.getSection(Section.ANSWER)).hasSize(1);
            assertThat(RelayAdvertisement.parse(NAMES, response.getSection(Section.ADDITIONAL)))
                    .containsExactly(RELAY);
            assertThat(World.data(registry, NAMES.relay(BOB), Type.SRV)).isEqualTo("0 0 443 " + NAMES.host(BOB));
            assertThat(World.data(registry, NAMES.host(BOB), Type.A)).isEqualTo("192.0.2.9");
        }
    }

    @Test
    void aClientListsTheRelays() throws Exception {
        try (World world = new World()) {
            Registry registry = world.start(world.builder().relays(() -> heard));
            world.awaitEvent("ready");
            try (DiscoveryClient client = DiscoveryClient.builder(NAMES)
                    .server(registry.localAddresses().get(0))
                    .build()) {
                assertThat(client.relays()).containsExactly(RELAY);
                assertThat(client.relaysAsync().toCompletableFuture().get()).containsExactly(RELAY);
            }
        }
    }

    @Test
    void aPeersTextFollowsWhatTheRelayHears() throws Exception {
        try (World world = new World()) {
            world.setPeer(ALICE, HOME);
            Registry registry = world.start(world.builder().relays(() -> heard));
            world.awaitEvent("ready");
            assertThat(World.data(registry, NAMES.instance(ALICE), Type.TXT)).doesNotContain("relay=");

            heard = Map.of(RELAY, Set.of(ALICE));

            World.await(
                    () -> World.data(registry, NAMES.instance(ALICE), Type.TXT).contains("relay=" + BOB.toBase32()));
        }
    }

    @Test
    void aZoneWhoseNameIsTooLongForRelaysIsRefusedAtOnce() throws Exception {
        DnsSdNames names = DnsSdNames.parse(("a".repeat(60) + ".").repeat(2) + "a".repeat(55));
        try (World world = new World()) {
            RegistryBuilder builder = Registry.builder(
                    world.source, "wg0", ZoneOptions.builder(names).build());

            assertThatThrownBy(() -> builder.relays(() -> heard)).hasMessageContaining("255");
        }
    }
}
