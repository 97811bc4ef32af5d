package io.wgsd.server.zone;

import static io.wgsd.server.Samples.ALICE;
import static io.wgsd.server.Samples.BOB;
import static io.wgsd.server.Samples.NAMES;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.dnssd.Advertisement;
import io.wgsd.model.Device;
import io.wgsd.model.DeviceKind;
import io.wgsd.model.Endpoint;
import io.wgsd.model.Peer;
import io.wgsd.model.PublicKey;
import io.wgsd.server.answer.access.VisibilityRules;
import io.wgsd.server.answer.access.Visible;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Record;
import org.xbill.DNS.TXTRecord;

/** What relays elsewhere are told of the peers of a device. */
class MemberRecordsTest {

    private static final PublicKey CAROL = key(255);

    private static final List<Advertisement> ALICE_IS_SERVED = List.of(Advertisement.builder(ALICE)
            .endpoint(Endpoint.parse("203.0.113.1:1000"))
            .build());

    @Test
    void whereNothingIsHiddenOnlyPeersThatAreNotServedHaveRecords() {
        MemberRecords records = new MemberRecords(NAMES.origin(), VisibilityRules.EVERYONE);

        assertThat(text(records.of(device(ALICE, BOB), ALICE_IS_SERVED))).isEqualTo(Map.of(BOB, List.of("pub=" + BOB)));
    }

    @Test
    void whereSomeAreHiddenEachSaysWhatItSeesAndWhoSeesIt() {
        VisibilityRules rules = new VisibilityRules(
                Map.of(ALICE, Visible.ALL, BOB, Visible.only(Set.of(ALICE, BOB))),
                Visible.only(Set.of(BOB)),
                Visible.ALL);
        MemberRecords records = new MemberRecords(NAMES.origin(), rules);

        assertThat(text(records.of(device(ALICE, BOB, CAROL), ALICE_IS_SERVED)))
                .isEqualTo(Map.of(
                        ALICE, List.of("pub=" + ALICE, "sees=all", "in=1"),
                        BOB, List.of("pub=" + BOB, "sees=1", "in=0,1"),
                        CAROL, List.of("pub=" + CAROL, "sees=0")));
    }

    @Test
    void manyViewsAreListedInSeveralStringsThatFit() {
        Map<PublicKey, Visible> views = new HashMap<>();
        Set<PublicKey> seen = new HashSet<>(Set.of(ALICE));
        for (int i = 0; i < 200; i++) {
            seen.add(key(i));
            views.put(key(i), Visible.only(seen));
        }
        MemberRecords records = new MemberRecords(
                NAMES.origin(), new VisibilityRules(views, Visible.only(Set.of()), Visible.only(Set.of())));
        PublicKey[] all = views.keySet().toArray(PublicKey[]::new);
        all[0] = ALICE;

        List<String> text = text(records.of(device(all), List.of())).get(ALICE);

        assertThat(text).hasSizeGreaterThan(4).allMatch(string -> string.length() <= 255);
        assertThat(text.subList(2, text.size())).allMatch(string -> string.matches("in=\\d+(,\\d+)*"));
    }

    @Test
    void readingsThatChangeNothingOfItBringTheSameList() {
        MemberRecords records = new MemberRecords(NAMES.origin(), VisibilityRules.EVERYONE);
        List<Record> first = records.of(device(ALICE, BOB), ALICE_IS_SERVED);

        assertThat(records.of(device(BOB, ALICE), ALICE_IS_SERVED)).isSameAs(first);
        assertThat(records.of(device(ALICE), ALICE_IS_SERVED)).isEmpty();
    }

    private static Map<PublicKey, List<String>> text(List<Record> records) {
        Map<PublicKey, List<String>> text = new HashMap<>();
        for (Record record : records) {
            PublicKey key = PublicKey.parseBase32(record.getName().getLabelString(0));
            assertThat(record.getName()).hasToString(key.toBase32() + "._wireguard-member._udp." + NAMES.origin());
            text.put(key, ((TXTRecord) record).getStrings());
        }
        return text;
    }

    private static Device device(PublicKey... keys) {
        Device.Builder device = Device.builder("wg0", DeviceKind.KERNEL);
        for (PublicKey key : keys) {
            device.peer(Peer.builder(key).build());
        }
        return device.build();
    }

    private static PublicKey key(int number) {
        byte[] bytes = new byte[PublicKey.LENGTH];
        bytes[0] = 77;
        bytes[1] = (byte) number;
        return PublicKey.of(bytes);
    }
}
