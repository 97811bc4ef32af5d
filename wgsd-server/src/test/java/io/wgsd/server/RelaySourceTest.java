package io.wgsd.server;

import static io.wgsd.server.Samples.ALICE;
import static io.wgsd.server.Samples.BOB;
import static io.wgsd.server.Samples.HOME;
import static io.wgsd.server.Samples.NAMES;
import static io.wgsd.server.Samples.device;
import static io.wgsd.server.Samples.peer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgsd.discovery.DiscoveryClient;
import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.dnssd.RelayAdvertisement;
import io.wgsd.dnssd.ZoneOptions;
import io.wgsd.model.Device;
import io.wgsd.model.DeviceDifference;
import io.wgsd.model.Endpoint;
import io.wgsd.model.IpAddress;
import io.wgsd.model.PeerStatistics;
import io.wgsd.model.PublicKey;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

    /** A peer that sends to the device and to the relay every 25 seconds, a second apart, for two minutes. */
    @ParameterizedTest
    @CsvSource({
        "eim,  192.0.2.1, nat=eim",
        "adm,  192.0.2.1, nat=dep",
        "apdm, 192.0.2.1, nat=dep",
        "eim,  192.0.2.9, nothing",
        "adm,  192.0.2.9, nothing",
        "apdm, 192.0.2.9, nat=apdm",
        "eim,  ,          nothing",
        "apdm, ,          nat=dep",
    })
    void aPeersTextSaysHowItsNatMapsAsFarAsThatIsProved(String nat, @Nullable String address, String expected) {
        Set<IpAddress> here = address == null ? Set.of() : Set.of(IpAddress.parse(address));
        Endpoint device = Endpoint.of(address == null ? IpAddress.parse("192.0.2.9") : IpAddress.parse(address), 51820);
        Endpoint relay = RELAY.endpoints().get(0);
        Sightings source = new Sightings(() -> Map.of(RELAY, Set.of(ALICE)));
        try (CoreWorld world = new CoreWorld()) {
            Core core = world.core(world.builder().relays(source).deviceAddresses(here));
            for (int second = 0; second < 120; second++) {
                world.nanos += Duration.ofSeconds(1).toNanos();
                if (second % 25 == 1) {
                    source.latest = List.of(new RelaySource.Sighting(ALICE, relay, mapped(nat, relay), world.nanos));
                }
                Device reading = device(peer(ALICE, mapped(nat, device))
                        .withStatistics(PeerStatistics.of(null, 32L * (1 + second / 25), 0)));
                core.follower().read(Optional.empty(), reading, DeviceDifference.between(reading, reading));
                assertThat(second < 50 ? text(core) : "")
                        .as("before the third time")
                        .doesNotContain("nat=");
            }
            assertThat(text(core)).contains(expected.equals("nothing") ? "pub=" : expected);
            assertThat(text(core).contains("nat=")).isEqualTo(!expected.equals("nothing"));
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

    /** Returns from where a NAT sends what goes to a destination. */
    private static Endpoint mapped(String nat, Endpoint destination) {
        int port = switch (nat) {
            case "eim" -> 1;
            case "adm" -> destination.address().hashCode();
            default -> destination.hashCode();
        };
        return Endpoint.of(HOME.address(), 1024 + Math.floorMod(port, 32_768));
    }

    private static String text(Core core) {
        return core.zone()
                .orElseThrow()
                .find(NAMES.instance(ALICE))
                .orElseThrow()
                .rrset(Type.TXT)
                .get(0)
                .rdataToString();
    }

    /** A relay that is always there, and what it has heard last. */
    private static final class Sightings implements RelaySource {

        private final RelaySource relay;
        private Collection<Sighting> latest = List.of();

        Sightings(RelaySource relay) {
            this.relay = relay;
        }

        @Override
        public Map<RelayAdvertisement, Set<PublicKey>> heard() {
            return relay.heard();
        }

        @Override
        public Collection<Sighting> sightings() {
            return latest;
        }
    }
}
