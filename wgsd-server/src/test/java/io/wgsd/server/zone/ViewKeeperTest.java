package io.wgsd.server.zone;

import static io.wgsd.server.Samples.ALICE;
import static io.wgsd.server.Samples.AWAY;
import static io.wgsd.server.Samples.BOB;
import static io.wgsd.server.Samples.HOME;
import static io.wgsd.server.Samples.NAMES;
import static io.wgsd.server.Samples.OPTIONS;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.dnssd.Advertisement;
import io.wgsd.dnssd.Zone;
import io.wgsd.dnssd.ZoneOptions;
import io.wgsd.model.Endpoint;
import io.wgsd.model.IpAddress;
import io.wgsd.model.PublicKey;
import io.wgsd.server.Samples;
import io.wgsd.server.VisibilityPolicy;
import io.wgsd.server.answer.access.Views;
import io.wgsd.server.answer.access.VisibilityRules;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Record;
import org.xbill.DNS.TXTRecord;

/** What each peer sees: alice and bob are friends, carol is alone, dave may see alice, and the registry is for all. */
class ViewKeeperTest {

    private static final PublicKey CAROL = key(3);
    private static final PublicKey DAVE = key(4);
    private static final PublicKey REGISTRY = key(5);
    private static final Instant NOW = Instant.ofEpochSecond(1_767_268_800L);
    private static final VisibilityRules FRIENDS = Samples.rules(VisibilityPolicy.builder()
            .group(Set.of(ALICE, BOB))
            .sees(DAVE, Set.of(ALICE))
            .build());

    private final ViewKeeper keeper = new ViewKeeper(FRIENDS, true, new ZoneSigning(Optional.empty()), () -> NOW);
    private Journal whole = Journal.of(zone(100, everyone(HOME)));

    @Test
    void withoutAPolicyAllSeeTheSame() {
        Views<Journal> views = new ViewKeeper(
                        VisibilityRules.EVERYONE, true, new ZoneSigning(Optional.empty()), () -> NOW)
                .views(new ZoneVersion(whole, OPTIONS, everyone(HOME), List.of(), true), Optional.of(REGISTRY), true);

        assertThat(views).isEqualTo(Views.same(whole));
    }

    @Test
    void membersOfAGroupSeeEachOtherAndTheRegistry() {
        assertThat(listed(views(everyone(HOME)).peers().get(BOB))).containsExactlyInAnyOrder(ALICE, BOB, REGISTRY);
    }

    @Test
    void aPeerThatSeesAnotherIsNotSeenByIt() {
        Views<Journal> views = views(everyone(HOME));

        assertThat(listed(views.peers().get(DAVE))).containsExactlyInAnyOrder(ALICE, REGISTRY);
        assertThat(listed(views.peers().get(ALICE))).doesNotContain(DAVE);
    }

    @Test
    void othersAndOutsidersSeeTheRegistryAlone() {
        Views<Journal> views = views(everyone(HOME));

        assertThat(listed(views.others())).containsExactly(REGISTRY);
        assertThat(listed(views.outsiders())).containsExactly(REGISTRY);
        assertThat(views.peers()).doesNotContainKey(CAROL);
    }

    @Test
    void someMaySeeAllAndAllMaySeeSome() {
        VisibilityPolicy policy = VisibilityPolicy.builder()
                .seesAll(CAROL)
                .seenByAll(Set.of(DAVE))
                .group(Set.of(ALICE, BOB))
                .build();
        Views<Journal> views = new ViewKeeper(Samples.rules(policy), true, new ZoneSigning(Optional.empty()), () -> NOW)
                .views(new ZoneVersion(whole, OPTIONS, everyone(HOME), List.of(), true), Optional.of(REGISTRY), true);

        assertThat(views.peers().get(CAROL)).isSameAs(whole);
        assertThat(listed(views.outsiders())).containsExactlyInAnyOrder(DAVE, REGISTRY);
        assertThat(listed(views.peers().get(ALICE))).containsExactlyInAnyOrder(ALICE, BOB, DAVE, REGISTRY);
    }

    @Test
    void aNameIsSeenByThoseWhoSeeThePeer() {
        List<NamedPeer> named = List.of(named(ALICE, "alice"), named(REGISTRY, "hub"));
        Views<Journal> views =
                keeper.views(new ZoneVersion(whole, OPTIONS, everyone(HOME), named, true), Optional.of(REGISTRY), true);

        assertThat(hasName(views.peers().get(BOB), "alice")).isTrue();
        assertThat(hasName(views.peers().get(DAVE), "alice")).isTrue();
        assertThat(hasName(views.others(), "alice")).isFalse();
        assertThat(hasName(views.others(), "hub")).isTrue();
    }

    @Test
    void anotherNameIsAnotherViewForThoseWhoSeeIt() {
        Views<Journal> before = views(everyone(HOME));
        Views<Journal> after = keeper.views(
                new ZoneVersion(whole, OPTIONS, everyone(HOME), List.of(named(ALICE, "alice")), true),
                Optional.of(REGISTRY),
                true);

        assertThat(after.peers().get(BOB).zone().serial())
                .isGreaterThan(before.peers().get(BOB).zone().serial());
        assertThat(after.others()).isSameAs(before.others());
    }

    @Test
    void outsidersWhoMayNotListPeersSeeNoNames() {
        ViewKeeper open = new ViewKeeper(VisibilityRules.EVERYONE, false, new ZoneSigning(Optional.empty()), () -> NOW);
        Views<Journal> views = open.views(
                new ZoneVersion(whole, OPTIONS, everyone(HOME), List.of(named(ALICE, "alice")), true),
                Optional.of(REGISTRY),
                true);

        assertThat(views.others()).isSameAs(whole);
        assertThat(listed(views.outsiders())).contains(ALICE, BOB);
        assertThat(hasName(views.outsiders(), "alice")).isFalse();
    }

    @Test
    void viewersWhoSeeTheSameShareOneView() {
        Views<Journal> views = views(everyone(HOME));

        assertThat(views.peers().get(ALICE)).isSameAs(views.peers().get(BOB));
        assertThat(views.others()).isSameAs(views.outsiders());
    }

    @Test
    void aHiddenPeersMoveCannotBeTold() {
        Views<Journal> before = views(everyone(HOME));

        Views<Journal> after = next(101, moved(CAROL));

        assertThat(after.peers().get(ALICE)).isSameAs(before.peers().get(ALICE));
        assertThat(after.whole().zone().serial()).isEqualTo(101);
    }

    @Test
    void aVisiblePeersMoveIsSeenByThoseWhoSeeIt() {
        Views<Journal> before = views(everyone(HOME));

        Views<Journal> after = next(101, moved(BOB));

        assertThat(after.peers().get(ALICE).zone().serial()).isEqualTo(NOW.getEpochSecond());
        assertThat(after.peers().get(DAVE)).isSameAs(before.peers().get(DAVE));
    }

    @Test
    void aVisiblePeersMoveIsSeenAtOnceAndNumberedWithTheWholeZone() {
        Views<Journal> before = views(everyone(HOME));

        whole = whole.ahead(zone(100, moved(BOB)));
        Views<Journal> ahead = keeper.views(
                new ZoneVersion(whole, OPTIONS, moved(BOB), List.of(), false), Optional.of(REGISTRY), false);
        whole = whole.next(zone(101, moved(BOB)));
        Views<Journal> numbered = views(moved(BOB));

        Journal bobs = ahead.peers().get(ALICE);
        assertThat(bobs.isAhead()).isTrue();
        assertThat(bobs.zone().serial()).isEqualTo(100);
        assertThat(bobs.numbered()).isSameAs(before.peers().get(ALICE).zone());
        assertThat(ahead.peers().get(DAVE)).isSameAs(before.peers().get(DAVE));
        assertThat(numbered.peers().get(ALICE).isAhead()).isFalse();
        assertThat(numbered.peers().get(ALICE).zone().serial()).isEqualTo(NOW.getEpochSecond());
        assertThat(numbered.peers().get(DAVE)).isSameAs(before.peers().get(DAVE));
    }

    @Test
    void anAddressOfTheServersOwnIsNewsForAll() {
        Views<Journal> before = views(everyone(HOME));
        ZoneOptions elsewhere = OPTIONS.withNameServerAddresses(List.of(IpAddress.parse("10.0.0.254")));

        Views<Journal> after = keeper.views(
                new ZoneVersion(whole, elsewhere, everyone(HOME), List.of(), true), Optional.of(REGISTRY), true);

        assertThat(after.others()).isNotSameAs(before.others());
    }

    private Views<Journal> views(List<Advertisement> peers) {
        return keeper.views(new ZoneVersion(whole, OPTIONS, peers, List.of(), true), Optional.of(REGISTRY), true);
    }

    private Views<Journal> next(long serial, List<Advertisement> peers) {
        whole = whole.next(zone(serial, peers));
        return views(peers);
    }

    private static Zone zone(long serial, List<Advertisement> peers) {
        return Zone.of(OPTIONS, peers, serial);
    }

    private static List<Advertisement> everyone(Endpoint endpoint) {
        List<Advertisement> peers = new ArrayList<>();
        for (PublicKey key : List.of(ALICE, BOB, CAROL, DAVE, REGISTRY)) {
            peers.add(Advertisement.builder(key).endpoint(endpoint).build());
        }
        return peers;
    }

    private static List<Advertisement> moved(PublicKey who) {
        List<Advertisement> peers = everyone(HOME);
        peers.replaceAll(peer -> peer.publicKey().equals(who)
                ? Advertisement.builder(who).endpoint(AWAY).build()
                : peer);
        return peers;
    }

    private static Set<PublicKey> listed(Journal journal) {
        return journal.zone().find(NAMES.services()).stream()
                .flatMap(node -> node.rrsets().stream())
                .flatMap(List::stream)
                .map(Record::rdataToString)
                .map(target -> PublicKey.parseBase32(target.substring(0, 52)))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static PublicKey key(int number) {
        byte[] bytes = new byte[32];
        bytes[0] = (byte) number;
        return PublicKey.of(bytes);
    }

    private static NamedPeer named(PublicKey key, String name) {
        return new NamedPeer(key, List.of(new TXTRecord(Samples.name(name + ".example.com"), DClass.IN, 1, "")));
    }

    private static boolean hasName(Journal view, String name) {
        return view.zone().find(Samples.name(name + ".example.com")).isPresent();
    }
}
