package io.wgsd.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.dnssd.Advertisement;
import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.dnssd.Zone;
import io.wgsd.dnssd.ZoneOptions;
import io.wgsd.model.Endpoint;
import io.wgsd.model.PublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

class UpdatePlanTest {

    private static final DnsSdNames NAMES = DnsSdNames.parse("example.com");
    private static final PublicKey PEER = PublicKey.parseHex("01" + "00".repeat(31));
    private static final Instant NOW = Instant.ofEpochSecond(10_000);
    private static final String OURS = "us";
    private static final String OTHERS = "them";
    private static final Map<PublicKey, PublishedPeer> NOBODY = Map.of();

    @Test
    void aPeerThatIsNotThereIsAddedWhole() {
        List<PeerUpdate> updates = plan(NOBODY, at(1, 100)).updates();

        assertThat(updates).singleElement().satisfies(update -> {
            assertThat(update.removed()).isEmpty();
            assertThat(update.added())
                    .extracting(Record::getType)
                    .containsExactlyInAnyOrder(Type.PTR, Type.SRV, Type.TXT, Type.A, Type.SRV, Type.TXT);
            assertThat(update.after().writtenBy()).contains(OURS);
        });
    }

    /** Which has to go first, for a name with an alias can have nothing else. */
    @Test
    void theAliasThatAnEarlierVersionWroteIsReplaced() {
        PublishedPeer now = by(OURS, at(1, 100)).get(PEER);
        Record alias = new CNAMERecord(NAMES.unpadded(PEER), DClass.IN, 0, NAMES.instance(PEER));
        List<Record> own = new ArrayList<>(now.own());
        own.removeIf(record -> record.getName().equals(NAMES.unpadded(PEER)));
        own.add(alias);

        PeerUpdate update = plan(Map.of(PEER, new PublishedPeer(now.lists(), own)), at(1, 200))
                .updates()
                .get(0);
        UpdateMessage message = new UpdateMessage(NAMES.origin(), 1);
        update.addTo(message, NAMES);

        assertThat(update.after().since(NOW)).isEqualTo(Instant.ofEpochSecond(100));
        assertThat(update.removed()).containsExactly(alias);
        assertThat(update.added()).extracting(Record::getType).containsExactlyInAnyOrder(Type.SRV, Type.TXT);
        assertThat(message.message().getSection(Section.UPDATE))
                .first()
                .satisfies(first -> assertThat(first.getType()).isEqualTo(Type.CNAME));
    }

    @Test
    void recordsThatAreAlreadyThereAreNotWritten() {
        assertThat(plan(by(OURS, at(1, 100)), at(1, 100)).updates()).isEmpty();
    }

    @Test
    void ofAPeerThatMovedOnlyWhatDiffersIsWritten() {
        List<PeerUpdate> updates = plan(by(OURS, at(1, 100)), at(2, 200)).updates();

        assertThat(updates).singleElement().satisfies(update -> {
            for (List<Record> records : List.of(update.removed(), update.added())) {
                assertThat(records)
                        .extracting(Record::getType)
                        .containsExactlyInAnyOrder(Type.SRV, Type.TXT, Type.SRV, Type.TXT);
            }
        });
    }

    @Test
    void aRegistryThatWasStartedAgainKeepsTheTimeThatTheZoneHas() {
        assertThat(plan(by(OURS, at(1, 100)), at(1, 5000)).updates()).isEmpty();
    }

    @Test
    void aPeerOfOursThatIsGoneIsTakenAway() {
        assertThat(plan(by(OURS, at(1, 100)), NOBODY).updates())
                .singleElement()
                .satisfies(update -> assertThat(update.after()).isEqualTo(PublishedPeer.ABSENT));
    }

    @Test
    void anothersPeerIsReplacedOnlyByNewerKnowledge() {
        assertThat(plan(by(OTHERS, at(1, 100)), at(2, 101)).updates()).hasSize(1);
        assertThat(plan(by(OTHERS, at(1, 100)), at(2, 100)).updates()).isEmpty();
        assertThat(plan(by(OTHERS, at(1, 100)), at(2, 99)).updates()).isEmpty();
    }

    @Test
    void aTimeInTheFutureIsNoNewerKnowledge() {
        assertThat(plan(by(OTHERS, at(1, 100)), at(2, 20_000)).updates()).isEmpty();
        assertThat(plan(by(OTHERS, at(1, 20_000)), at(2, 100)).updates()).hasSize(1);
    }

    @Test
    void aReadingAtTheStartIsNoNewerKnowledge() {
        Map<PublicKey, PublishedPeer> wanted = at(2, 5000);

        assertThat(UpdatePlan.of(by(OTHERS, at(1, 100)), wanted, context(false, wanted))
                        .updates())
                .isEmpty();
    }

    @Test
    void anothersPeerIsTakenAwayOnlyAfterItsLease() {
        assertThat(plan(by(OTHERS, at(1, 100)), NOBODY).updates()).isEmpty();
        assertThat(UpdatePlan.of(by(OTHERS, at(1, 100)), NOBODY, context(true, NOBODY))
                        .updates())
                .singleElement()
                .satisfies(update -> assertThat(update.expired()).hasSize(1));
    }

    @Test
    void recordsThatNoRegistryWroteStayAndAreNamed() {
        UpdatePlan plan = plan(at(1, 100), at(2, 200));

        assertThat(plan.updates()).isEmpty();
        assertThat(plan.foreign()).containsExactly(PEER);
    }

    private static UpdatePlan plan(Map<PublicKey, PublishedPeer> current, Map<PublicKey, PublishedPeer> wanted) {
        return UpdatePlan.of(current, wanted, context(false, NOBODY));
    }

    private static UpdatePlan.Context context(boolean gone, Map<PublicKey, PublishedPeer> firstSeen) {
        Leases leases = new Leases(Map.of(OTHERS, Leases.of(NAMES, OTHERS, NOW)));
        return new UpdatePlan.Context(OURS, NOW, leases, registry -> gone, firstSeen);
    }

    private static Map<PublicKey, PublishedPeer> at(int port, long since) {
        Advertisement peer = Advertisement.builder(PEER)
                .endpoint(Endpoint.parse("192.0.2.1:" + port))
                .since(Instant.ofEpochSecond(since))
                .build();
        Zone zone = Zone.of(ZoneOptions.builder(NAMES).build(), List.of(peer), 1);
        return PublishedPeer.of(
                NAMES,
                zone.nodes().stream().flatMap(node -> node.rrsets().stream()).flatMap(List::stream));
    }

    private static Map<PublicKey, PublishedPeer> by(String registry, Map<PublicKey, PublishedPeer> peers) {
        return Map.of(PEER, peers.get(PEER).by(registry));
    }
}
