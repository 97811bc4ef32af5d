package io.wgsd.dnssd.records;

import static io.wgsd.dnssd.Samples.NAMES;
import static io.wgsd.dnssd.Samples.advertisements;
import static io.wgsd.dnssd.Samples.name;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgsd.dnssd.Advertisement;
import io.wgsd.dnssd.Zone;
import io.wgsd.dnssd.ZoneDiff;
import io.wgsd.dnssd.ZoneOptions;
import io.wgsd.model.IpAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * Lists of peers: one while it holds them all, else one more for each beginning of a key. Tested through {@link Zone}.
 */
class PeerListsTest {

    private static final ZoneOptions OPTIONS = ZoneOptions.builder(NAMES)
            .nameServerAddress(IpAddress.parse("10.0.0.254"))
            .build();

    @Test
    void peersAreOnOneListInTheirOrderWhileItHoldsThem() {
        List<Advertisement> peers = advertisements(NAMES.maxListed());

        Zone full = Zone.of(OPTIONS, peers, 1);

        assertThat(listed(full, NAMES.services()))
                .containsExactlyElementsOf(peers.stream()
                        .map(peer -> NAMES.instance(peer.publicKey()))
                        .toList());
        assertThat(full.find(name("_sub._wireguard._udp.example.com."))).isEmpty();
    }

    @Test
    void theListFitsOneMessage() {
        Zone full = Zone.of(OPTIONS, advertisements(5000), 1);
        Message message = new Message();
        message.addRecord(Record.newRecord(NAMES.services(), Type.PTR, 1), Section.QUESTION);
        full.find(NAMES.services())
                .orElseThrow()
                .rrset(Type.PTR)
                .forEach(ptr -> message.addRecord(ptr, Section.ANSWER));

        assertThat(listed(full, NAMES.services())).hasSize(524);
        assertThat(message.toWire().length).isBetween(35_000, 65_535 - 512);
    }

    @Test
    void beyondThatEveryPeerIsOnAListByTheBeginningOfItsKey() {
        List<Advertisement> peers = advertisements(5000);
        Zone large = Zone.of(OPTIONS, peers, 1);

        Set<Name> found = new HashSet<>();
        collect(large, "", found);

        assertThat(found).hasSize(5000);
        assertThat(large.nodes().stream()
                        .flatMap(node -> node.rrsets().stream())
                        .mapToInt(List::size))
                .allMatch(size -> size <= 524);
    }

    @Test
    void aLimitCountsForEachListAndEveryPeerIsOnOne() {
        List<Advertisement> peers = advertisements(5000);
        Zone limited = Zone.of(ZoneOptions.builder(NAMES).listLimit(100).build(), peers, 1);

        Set<Name> found = new HashSet<>();
        collect(limited, "", found);

        assertThat(found).hasSize(5000);
        assertThat(listed(limited, NAMES.services()))
                .containsExactlyElementsOf(peers.subList(0, 100).stream()
                        .map(peer -> NAMES.instance(peer.publicKey()))
                        .toList());
        assertThat(limited.nodes().stream()
                        .flatMap(node -> node.rrsets().stream())
                        .mapToInt(List::size))
                .allMatch(size -> size <= 100);
        assertThat(limited.nodes().stream()
                        .flatMap(node -> node.rrsets().stream())
                        .mapToLong(List::size)
                        .sum())
                .isEqualTo(limited.recordCount());
    }

    @Test
    void aLimitThatNoListReachesIsRefused() {
        for (int limit : new int[] {-1, 0, 525}) {
            assertThatThrownBy(() -> ZoneOptions.builder(NAMES).listLimit(limit))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("1..524");
        }
    }

    @Test
    void anotherLimitIsADifference() {
        List<Advertisement> peers = advertisements(5);
        Zone all = Zone.of(OPTIONS, peers, 1);
        Zone limited = Zone.of(
                ZoneOptions.builder(NAMES)
                        .nameServerAddress(IpAddress.parse("10.0.0.254"))
                        .listLimit(3)
                        .build(),
                peers,
                2);

        assertThat(ZoneDiff.between(all, limited).removed()).hasSize(2);
        assertThat(ZoneDiff.between(limited, all).added()).hasSize(2);
    }

    /** In the form in which it is signed, the fixed part of the signature's data ahead (RFC 4034, section 3.1.8.1). */
    @Test
    void noListPassesWhatValidatorsTake() {
        Zone large = Zone.of(OPTIONS, advertisements(40_000), 1);

        assertThat(large.nodes().stream()
                        .flatMap(node -> node.rrsets().stream())
                        .mapToInt(rrset -> 18
                                + NAMES.origin().length()
                                + rrset.stream()
                                        .mapToInt(record -> record.toWireCanonical().length)
                                        .sum()))
                .allMatch(length -> length <= 65_535);
    }

    /** Browses as a client does: a list that is full is not all. */
    private static void collect(Zone zone, String prefix, Set<Name> found) {
        for (char c : "abcdefghijklmnopqrstuvwxyz234567".toCharArray()) {
            List<Name> listed = listed(zone, NAMES.subtype(prefix + c));
            found.addAll(listed);
            if (listed.size() == zone.options().maxListed(NAMES.subtype(prefix + c)) && prefix.length() < 2) {
                collect(zone, prefix + c, found);
            }
        }
    }

    private static List<Name> listed(Zone zone, Name list) {
        return zone.find(list).map(node -> node.rrset(Type.PTR)).orElse(List.of()).stream()
                .map(ptr -> ((PTRRecord) ptr).getTarget())
                .toList();
    }
}
