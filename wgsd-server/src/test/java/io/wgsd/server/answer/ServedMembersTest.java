package io.wgsd.server.answer;

import static io.wgsd.server.Samples.ALICE;
import static io.wgsd.server.Samples.BOB;
import static io.wgsd.server.Samples.NAMES;
import static io.wgsd.server.answer.SampleZone.CAROL;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.dnssd.SigningAlgorithm;
import io.wgsd.dnssd.SigningKey;
import io.wgsd.members.Member;
import io.wgsd.members.MembersSigner;
import io.wgsd.members.MembersVerifier;
import io.wgsd.members.MembersZone;
import io.wgsd.members.Network;
import io.wgsd.members.UnfitZoneException;
import io.wgsd.members.VerifiedNetwork;
import io.wgsd.model.IpAddress;
import io.wgsd.model.IpPrefix;
import io.wgsd.server.answer.access.Access;
import io.wgsd.server.answer.access.Grant;
import io.wgsd.server.answer.access.Views;
import io.wgsd.server.transport.Arrival;
import io.wgsd.server.transport.Protocol;
import io.wgsd.server.transport.QuerySource;
import io.wgsd.server.zone.Freshness;
import io.wgsd.server.zone.Journal;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** What is answered about a network's members, and to whom. */
class ServedMembersTest {

    private static final Name ORIGIN = MembersZone.names(NAMES).origin();
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final SigningKey OWNER =
            SigningKey.generate(MembersZone.names(NAMES), SigningAlgorithm.ED25519, NOW);
    private static final Grant ALICES = new Grant(Access.EVERYTHING, ALICE, true);
    private static final Grant THIS_HOST = new Grant(Access.TRANSFER, null, true);

    private ServedMembers members = ServedMembers.unknown(ORIGIN);

    @Test
    void untilTheOwnersListIsKnownTheAnswerIsNotReady() {
        assertThat(ask(ALICES, "alice", Type.A).getRcode()).isEqualTo(Rcode.SERVFAIL);
    }

    @Test
    void aMemberIsAnsweredWithAuthorityAndSignatures() throws Exception {
        members = members.next(signed(List.of(), "alice"));

        Message response = ask(ALICES, "alice", Type.A);

        assertThat(response.getHeader().getFlag(Flags.AA)).isTrue();
        assertThat(response.getSection(Section.ANSWER))
                .extracting(Record::getType)
                .containsExactly(Type.A, Type.RRSIG);
        Message denial = ask(ALICES, "nobody", Type.A);
        assertThat(denial.getRcode()).isEqualTo(Rcode.NXDOMAIN);
        assertThat(denial.getSection(Section.AUTHORITY))
                .extracting(Record::getType)
                .contains(Type.SOA, Type.NSEC, Type.RRSIG);
        assertThat(denial.getSection(Section.AUTHORITY).get(0).getName()).isEqualTo(ORIGIN);
    }

    @Test
    void membersThisHostAndHoldersOfAKeyAreAnsweredAndNobodyElse() throws Exception {
        members = members.next(signed(List.of(), "alice"));
        Grant ofKey = new Grant(Access.REFUSAL, null, false).withKey(Access.EVERYTHING);
        Grant ofTransferKey = new Grant(Access.REFUSAL, null, false).withKey(Access.TRANSFER);
        for (Grant grant : List.of(ALICES, THIS_HOST, ofKey, ofTransferKey)) {
            assertThat(ask(grant, "alice", Type.A).getRcode())
                    .as(grant.toString())
                    .isEqualTo(Rcode.NOERROR);
        }
        Grant peerThatIsNoMember = new Grant(Access.EVERYTHING, BOB, true);
        Grant secondaryByItsAddress = new Grant(Access.TRANSFER, null, false);
        Grant outsider = new Grant(Access.EVERYTHING, null, false);
        for (Grant grant : List.of(peerThatIsNoMember, secondaryByItsAddress, outsider, Grant.REFUSAL)) {
            assertThat(ask(grant, "alice", Type.A).getRcode())
                    .as(grant.toString())
                    .isEqualTo(Rcode.REFUSED);
            assertThat(ask(grant, "", Type.AXFR).getRcode())
                    .as(grant.toString())
                    .isEqualTo(Rcode.REFUSED);
        }
        assertThat(ask(ALICES, "", Type.AXFR).getRcode()).isEqualTo(Rcode.NOERROR);
        assertThat(ask(ofTransferKey, "", Type.AXFR).getRcode()).isEqualTo(Rcode.NOERROR);
        assertThat(ask(ofKey, "", Type.AXFR).getRcode()).isEqualTo(Rcode.REFUSED);
    }

    @Test
    void theSerialIsForThoseAloneWhoMayHaveAnswers() throws Exception {
        assertThat(members.soa(THIS_HOST)).isEmpty();
        VerifiedNetwork network = signed(List.of(), "alice");
        members = members.next(network);

        assertThat(members.soa(ALICES).map(SOARecord::getSerial)).contains(network.serial());
        assertThat(members.soa(new Grant(Access.EVERYTHING, BOB, true))).isEmpty();
    }

    @Test
    void whatIsTransferredIsTheZoneRecordForRecord() throws Exception {
        VerifiedNetwork network = signed(List.of(), "alice", "bob");
        members = members.next(network);

        List<Record> transferred = transfer(ALICES);

        assertThat(transferred.get(transferred.size() - 1)).isInstanceOf(SOARecord.class);
        transferred.remove(transferred.size() - 1);
        assertThat(verifier().verifyEachSignature(transferred).isSameZoneAs(network))
                .isTrue();
    }

    @Test
    void aListThatFollowsIsServedInItsPlace() throws Exception {
        VerifiedNetwork first = signed(List.of(), "alice", "bob");
        members = members.next(first);
        members = members.next(signed(first.records(), "alice"));

        assertThat(ask(ALICES, "bob", Type.A).getRcode()).isEqualTo(Rcode.NXDOMAIN);
        assertThat(ask(new Grant(Access.EVERYTHING, BOB, true), "alice", Type.A).getRcode())
                .isEqualTo(Rcode.REFUSED);
        assertThat(((SOARecord) transfer(ALICES).get(0)).getSerial()).isEqualTo(first.serial() + 1);
    }

    @Test
    void theRestOfTheZoneIsAnsweredAsBefore() throws Exception {
        members = members.next(signed(List.of(), "alice"));

        assertThat(ask(new Grant(Access.EVERYTHING, BOB, true), NAMES.host(CAROL), Type.A)
                        .getRcode())
                .isEqualTo(Rcode.NOERROR);
        // The DS records of a zone are its parent's.
        assertThat(ask(ALICES, "", Type.DS).getSection(Section.AUTHORITY))
                .extracting(Record::getName)
                .containsExactly(NAMES.origin());
    }

    @Test
    void aNameIsKnownByItsBytes() {
        assertThat(concerns("alice.members.example.com.")).isTrue();
        assertThat(concerns("MEMBERS.Example.Com.")).isTrue();
        assertThat(concerns("xmembers.example.com.")).isFalse();
        assertThat(concerns("example.com.")).isFalse();
        assertThat(members.mayConcern(new byte[12], 12)).isFalse();
        byte[] pointer =
                Message.newQuery(Record.newRecord(ORIGIN, Type.A, DClass.IN)).toWire();
        pointer[12] = (byte) 0xc0;
        assertThat(members.mayConcern(pointer, pointer.length)).isFalse();
        byte[] cut =
                Message.newQuery(Record.newRecord(ORIGIN, Type.A, DClass.IN)).toWire();
        assertThat(members.mayConcern(cut, 20)).isFalse();
    }

    private boolean concerns(String name) {
        byte[] message = Message.newQuery(Record.newRecord(Name.fromConstantString(name), Type.A, DClass.IN))
                .toWire();
        return members.mayConcern(message, message.length);
    }

    private static MembersVerifier verifier() {
        return new MembersVerifier(NAMES, List.of(OWNER.ds()));
    }

    private static VerifiedNetwork signed(List<Record> before, String... names) throws UnfitZoneException {
        List<Member> list = new ArrayList<>();
        for (String name : names) {
            list.add(Member.builder(name.equals("alice") ? ALICE : BOB, name)
                    .allowedIp(IpPrefix.parse(name.equals("alice") ? "10.0.0.1/32" : "10.0.0.2/32"))
                    .build());
        }
        Network network = Network.of(NAMES, List.of(IpPrefix.parse("10.0.0.0/24")), list);
        return verifier().verify(new MembersSigner(List.of(OWNER), MembersSigner.VALIDITY).sign(network, before, NOW));
    }

    private Message ask(Grant grant, String label, int type) {
        return ask(grant, label.isEmpty() ? ORIGIN : Name.fromConstantString(label + "." + ORIGIN), type);
    }

    private Message ask(Grant grant, Name name, int type) {
        try {
            byte[] response = respond(grant, name, type).message();
            assertThat(response).isNotNull();
            return new Message(response);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private List<Record> transfer(Grant grant) throws IOException {
        List<Record> records = new ArrayList<>();
        for (Iterator<byte[]> messages = respond(grant, ORIGIN, Type.AXFR).messages(); messages.hasNext(); ) {
            records.addAll(new Message(messages.next()).getSection(Section.ANSWER));
        }
        return records;
    }

    private Response respond(Grant grant, Name name, int type) {
        Message query = Message.newQuery(Record.newRecord(name, type, DClass.IN));
        if (type != Type.AXFR) {
            query.addRecord(new OPTRecord(4096, 0, 0, ExtendedFlags.DO), Section.ADDITIONAL);
        }
        return SampleZone.responder()
                .respond(
                        query.toWire(),
                        new ServedZone(
                                Views.same(Journal.of(SampleZone.ZONE)), Freshness.FRESH, key -> List.of(), members),
                        grant,
                        new QuerySource(IpAddress.parse("10.0.0.1"), Arrival.DEVICE, Protocol.TCP));
    }
}
