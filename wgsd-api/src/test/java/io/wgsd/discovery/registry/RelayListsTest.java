package io.wgsd.discovery.registry;

import static io.wgsd.discovery.Samples.ALICE;
import static io.wgsd.discovery.Samples.BOB;
import static io.wgsd.discovery.Samples.NOW;
import static io.wgsd.discovery.Samples.REGISTRY;
import static io.wgsd.discovery.Samples.device;
import static io.wgsd.discovery.Samples.key;
import static io.wgsd.discovery.Samples.peer;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.discovery.decide.relay.KnownRelay;
import io.wgsd.discovery.decide.relay.PeerFacts;
import io.wgsd.discovery.decide.relay.RelayNews;
import io.wgsd.discovery.route.FakeRoutes;
import io.wgsd.discovery.route.Reachability;
import io.wgsd.dnssd.NatMapping;
import io.wgsd.dnssd.RelayAdvertisement;
import io.wgsd.model.Device;
import io.wgsd.model.Endpoint;
import io.wgsd.model.PublicKey;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is known of relays and NATs, made anew only where something else is known. */
class RelayListsTest {

    private static final PublicKey OWN = key(99);
    private static final PublicKey RELAY = key(50);
    private static final PublicKey OTHER = key(40);
    private static final Endpoint HERE = Endpoint.parse("192.0.2.1:443");
    private static final Endpoint THERE = Endpoint.parse("192.0.2.2:443");
    private static final Endpoint UNROUTED = Endpoint.parse("[2001:db8::1]:443");
    private static final PeerFacts HEARD = new PeerFacts(List.of(RELAY), Optional.empty());
    private static final PeerFacts MAPPED = new PeerFacts(List.of(), Optional.of(NatMapping.DEPENDENT));

    private final Reachability reach =
            new Reachability(new FakeRoutes(), () -> List.of(new InetSocketAddress("10.0.0.254", 53)));
    private final RelayLists lists = new RelayLists();
    private final Map<PublicKey, PeerFacts> facts = new HashMap<>(Map.of(ALICE, HEARD, OWN, MAPPED));
    private final List<RelayAdvertisement> announced = new ArrayList<>();
    private final List<PublicKey> askedFor = new ArrayList<>();
    private Device device = device(
            peer(REGISTRY, "203.0.113.254:51820", "10.0.0.254/32"),
            peer(ALICE, "", "10.0.0.3/32"),
            peer(BOB, "", "10.0.0.4/32"));

    @BeforeEach
    void looksAround() {
        reach.update(device, NOW);
        announce(RELAY, HERE);
    }

    @Test
    void thereAreTheRelaysAndWhatIsSaidOfPeersAndOfThisHost() {
        assertThat(news())
                .isEqualTo(new RelayNews(
                        List.of(new KnownRelay(RELAY, List.of(HERE), Optional.empty())), Map.of(ALICE, HEARD), MAPPED));
    }

    @Test
    void relaysAreInTheOrderOfTheirKeysAndHaveWhatAllRegistriesSay() {
        announce(OTHER, HERE);
        announce(RELAY, THERE);
        assertThat(news().relays())
                .containsExactly(
                        new KnownRelay(OTHER, List.of(HERE), Optional.empty()),
                        new KnownRelay(RELAY, List.of(HERE, THERE), Optional.empty()));
    }

    @Test
    void whereNothingHasChangedTheValueIsTheSame() {
        RelayNews first = news();
        askedFor.clear();
        assertThat(news()).isSameAs(first);
        assertThat(askedFor).isEmpty();
    }

    @Test
    void newsOfAPeerThatSayNothingElseMakeNoOtherMap() {
        RelayNews first = news();
        askedFor.clear();
        lists.changed(BOB);
        assertThat(news().peers()).isSameAs(first.peers());
        assertThat(askedFor).containsExactlyInAnyOrder(BOB, OWN);
    }

    @Test
    void whatIsSaidOfAPeerChanges() {
        RelayNews first = news();
        facts.put(BOB, HEARD);
        facts.remove(ALICE);
        lists.changed(BOB);
        lists.changed(ALICE);
        assertThat(news().peers()).containsOnlyKeys(BOB);
        assertThat(first.peers()).containsOnlyKeys(ALICE);
    }

    @Test
    void aPeerThatTheDeviceDoesNotHaveIsLeftOut() {
        facts.put(OTHER, HEARD);
        lists.changed(OTHER);
        assertThat(news().peers()).containsOnlyKeys(ALICE);
    }

    @Test
    void aRelayIsKnownAfterItHasBeenAnnounced() {
        news();
        announce(OTHER, THERE);
        lists.relaysChanged();
        assertThat(news().isRelay(OTHER)).isTrue();
    }

    @Test
    void wherePacketsMayNotGetComesLast() {
        announced.clear();
        announce(RELAY, UNROUTED, HERE);
        assertThat(news().relays())
                .singleElement()
                .extracting(KnownRelay::endpoints)
                .isEqualTo(List.of(HERE, UNROUTED));
    }

    @Test
    void aRelayThatThisHostCannotReachSaysWhy() {
        announced.clear();
        announce(RELAY, Endpoint.parse("10.0.0.3:443"));
        assertThat(news().relays()).singleElement().satisfies(relay -> {
            assertThat(relay.endpoints()).isEmpty();
            assertThat(relay.refusal())
                    .hasValueSatisfying(why -> assertThat(why)
                            .startsWith("10.0.0.3:443 is not used: ")
                            .contains("inside the tunnel"));
        });
    }

    @Test
    void neitherThisDeviceNorARegistrysPeerNorAPeerWithAllowedIpsIsARelay() {
        announce(OWN, THERE);
        announce(REGISTRY, THERE);
        announce(BOB, THERE);
        assertThat(news().relays()).extracting(KnownRelay::publicKey).containsExactly(RELAY);
    }

    @Test
    void aRelayThatSomebodyHasAddedIsARelay() {
        device = device(peer(REGISTRY, "", "10.0.0.254/32"), peer(RELAY, "192.0.2.1:443"));
        reach.update(device, NOW);
        assertThat(news().isRelay(RELAY)).isTrue();
    }

    private void announce(PublicKey relay, Endpoint... endpoints) {
        announced.add(new RelayAdvertisement(relay, List.of(endpoints)));
    }

    private RelayNews news() {
        return lists.of(
                device,
                key -> {
                    askedFor.add(key);
                    return facts.getOrDefault(key, PeerFacts.none());
                },
                () -> announced,
                reach);
    }
}
