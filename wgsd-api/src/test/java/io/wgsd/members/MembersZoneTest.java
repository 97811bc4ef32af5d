package io.wgsd.members;

import static io.wgsd.members.Samples.ALICE;
import static io.wgsd.members.Samples.BOB;
import static io.wgsd.members.Samples.HUB;
import static io.wgsd.members.Samples.NAMES;
import static io.wgsd.members.Samples.NETWORK;
import static io.wgsd.members.Samples.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgsd.model.FormatException;
import io.wgsd.model.IpPrefix;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Type;

class MembersZoneTest {

    private static final Duration EXPIRE = Duration.ofDays(30);
    private static final List<Record> RECORDS = MembersZone.records(NETWORK, 7, EXPIRE);

    @Test
    void aMemberHasATxtAtItsKeyAndAddressesAtItsName() {
        assertThat(RECORDS)
                .extracting(MembersZoneTest::line)
                .contains(
                        host(ALICE) + " TXT txtvers=1 pub=" + key(2)
                                + " name=alice role=member allowed=10.0.0.2/32,fd00::2/128 group=servers",
                        "alice.members.example.com. A 10.0.0.2",
                        "alice.members.example.com. AAAA fd00:0:0:0:0:0:0:2",
                        "bob.members.example.com. A 10.0.0.3",
                        host(HUB) + " TXT txtvers=1 pub=" + key(1)
                                + " name=hub role=registry allowed=10.0.0.0/24,10.0.0.1/32"
                                + " endpoint=192.0.2.1:51820");
    }

    @Test
    void theOriginHasWhatAZoneNeedsAndTheRanges() {
        assertThat(RECORDS)
                .filteredOn(record -> record.getName().toString().equals("members.example.com."))
                .extracting(MembersZoneTest::line)
                .containsExactly(
                        "members.example.com. SOA ns1.example.com. postmaster.example.com. 7 60 10 2592000 60",
                        "members.example.com. NS ns1.example.com.",
                        "members.example.com. TXT txtvers=1 range=10.0.0.0/24,fd00::/64");
        assertThat(((SOARecord) RECORDS.get(0)).getSerial()).isEqualTo(7);
    }

    @Test
    void aDisabledMemberHasNoRecords() {
        Network network = NETWORK.with(BOB.toBuilder().disabled(true).build());

        assertThat(MembersZone.records(network, 7, EXPIRE))
                .noneMatch(record -> line(record).contains("bob"));
    }

    @Test
    void theRecordsInAnyOrderAreTheNetworkAgain() {
        List<Record> shuffled = new ArrayList<>(RECORDS);
        Collections.shuffle(shuffled, new Random(1));

        assertThat(MembersZone.parse(NAMES, shuffled)).isEqualTo(NETWORK);
    }

    @Test
    void aLongListOfPrefixesGoesOnInTheNextString() {
        Member.Builder site = Member.builder(key(9), "site");
        for (int i = 0; i < Member.MAX_ALLOWED_IPS; i++) {
            site.allowedIp(IpPrefix.parse("fd00:0:0:" + Integer.toHexString(0x1000 + i) + "::/64"));
        }
        Network network = NETWORK.with(site.build());

        List<Record> records = MembersZone.records(network, 7, EXPIRE);

        assertThat(records).anyMatch(record -> line(record).contains("allowed1=fd00:0:0:"));
        assertThat(MembersZone.parse(NAMES, records)).isEqualTo(network);
    }

    @Test
    void eachRecordIsNeeded() {
        for (Record record : RECORDS) {
            List<Record> fewer = new ArrayList<>(RECORDS);
            fewer.remove(record);
            // Without its list a network has no ranges; without a member's TXT its addresses belong to nobody.
            if (record.getType() == Type.NS
                    || !record.getName().equals(RECORDS.get(0).getName())) {
                continue;
            }
            assertThatThrownBy(() -> MembersZone.parse(NAMES, fewer))
                    .as(record.toString())
                    .isInstanceOf(FormatException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*.members.example.com. A 10.0.0.9",
                "carol.members.example.com. A 10.0.0.9",
                "alice.members.example.com. A 10.0.0.9",
                "alice.members.example.com. CNAME bob.members.example.com.",
                "sub.members.example.com. NS ns1.example.com.",
                "members.example.com. MX 10 alice.members.example.com.",
                "members.example.com. SOA ns1.example.com. postmaster.example.com. 8 60 10 2592000 60",
                "other.example.com. A 10.0.0.9"
            })
    void aRecordThatNoMemberHasIsRefused(String stray) {
        List<Record> more = new ArrayList<>(RECORDS);
        more.add(record(stray));

        assertThatThrownBy(() -> MembersZone.parse(NAMES, more)).isInstanceOf(FormatException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name=alice | name=bob | there is a bob already",
                "name=alice | name=al.ice | member name",
                "txtvers=1 | txtvers=2 | txtvers=1",
                "10.0.0.2/32 | 10.0.0.2/33 | prefix",
                "role=member | role=king | role",
                "group=servers | name=alicia | each key once",
                "allowed= | allowed1= | lacks a part",
            })
    void aTxtThatCannotBeReadIsRefused(String part, String other, String message) {
        List<Record> records = new ArrayList<>(RECORDS);
        records.replaceAll(record -> line(record).startsWith(host(ALICE) + " TXT")
                ? record(line(record).replace(part, other))
                : record);

        assertThatThrownBy(() -> MembersZone.parse(NAMES, records))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining(message);
    }

    @Test
    void aTxtAtAnotherKeysNameIsRefused() {
        List<Record> records = new ArrayList<>(RECORDS);
        records.replaceAll(record -> line(record).startsWith(host(ALICE) + " TXT")
                ? record(line(record).replace("pub=" + key(2), "pub=" + key(9)))
                : record);

        assertThatThrownBy(() -> MembersZone.parse(NAMES, records)).hasMessageContaining("another key than its name");
    }

    private static String host(Member member) {
        return member.publicKey().toBase32() + ".members.example.com.";
    }

    private static String line(Record record) {
        return record.getName() + " " + Type.string(record.getType()) + " " + record.rdataToString();
    }

    private static Record record(String line) {
        String[] words = line.split(" ", 3);
        try {
            Name name = Name.fromString(words[0]);
            return Record.fromString(name, Type.value(words[1]), DClass.IN, 60, words[2], Name.root);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
