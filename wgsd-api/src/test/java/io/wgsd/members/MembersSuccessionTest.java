package io.wgsd.members;

import static io.wgsd.members.Samples.HUB;
import static io.wgsd.members.Samples.NAMES;
import static io.wgsd.members.Samples.NOW;
import static io.wgsd.members.Samples.RANGES;
import static io.wgsd.members.Samples.ZONE;
import static io.wgsd.members.Samples.key;
import static io.wgsd.members.Samples.prefixes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgsd.dnssd.SigningAlgorithm;
import io.wgsd.dnssd.SigningKey;
import io.wgsd.dnssd.ZoneDiff;
import io.wgsd.members.signed.NsecChain;
import io.wgsd.members.signed.RrsetMap;
import io.wgsd.members.signed.SignedZone;
import io.wgsd.members.signed.ZoneDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.NSECRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;
import org.xbill.DNS.ZoneMDRecord;

/** A zone that is verified by its difference to the one before is judged as if it were the first one. */
class MembersSuccessionTest {

    private static final Name ORIGIN = ZONE.origin();
    private static final SigningKey OWNER = SigningKey.generate(ZONE, SigningAlgorithm.ED25519, NOW);
    private static final SigningKey SECOND = SigningKey.generate(ZONE, SigningAlgorithm.ED25519, NOW);
    private static final SigningKey ATTACKER = SigningKey.generate(ZONE, SigningAlgorithm.ED25519, NOW);

    private final MembersVerifier verifier = new MembersVerifier(NAMES, List.of(OWNER.dnskey()));
    private final MembersSigner signer = new MembersSigner(List.of(OWNER), MembersSigner.VALIDITY);

    private enum Verdict {
        BELIEVED,
        REFUSED
    }

    @Test
    void aChangeIsVerifiedByWhatDiffersAlone() throws UnfitZoneException {
        Network before = network(1, 2, 3);
        List<Record> zone = signer.sign(before, List.of(), NOW);
        for (Network after : List.of(
                network(1, 2, 3, 4),
                network(1, 3),
                before.with(before.member("host2").orElseThrow().toBuilder()
                        .allowedIps(prefixes("10.9.0.0/16"))
                        .build()),
                before)) {
            List<Record> next = signer.sign(after, zone, NOW.plusSeconds(60));
            VerifiedNetwork verified = verifier.verify(zone);

            VerifiedNetwork quick = verifier.verifyChanges(
                            verified, verified.zone().with(difference(zone, next)))
                    .orElseThrow();

            assertSame(quick, verifier.verify(next));
            assertThat(quick.network()).isEqualTo(after);
        }
    }

    @Test
    void otherKeysOrRangesOrManyChangesAreVerifiedAsAFirstZoneIs() throws UnfitZoneException {
        List<Record> zone = signer.sign(network(1, 2), List.of(), NOW);
        List<Record> rolled = new MembersSigner(List.of(OWNER, SECOND), MembersSigner.VALIDITY)
                .sign(network(1, 2), zone, NOW.plusSeconds(60));
        List<Record> ranged = signer.sign(
                Network.of(NAMES, prefixes("10.0.0.0/8"), network(1, 2).members()), zone, NOW.plusSeconds(60));
        VerifiedNetwork verified = verifier.verify(zone);

        for (List<Record> next : List.of(rolled, ranged)) {
            ZoneDiff change = difference(zone, next);
            assertThat(verifier.verifyChanges(verified, verified.zone().with(change)))
                    .isEmpty();
            assertSame(verifier.verify(verified, change), verifier.verify(next));
        }
    }

    @Test
    void whatNoMemberHasIsRefusedThoughItIsAtTheOriginAndSigned() throws UnfitZoneException {
        List<Record> zone = signer.sign(network(1, 2), List.of(), NOW);
        List<Record> next = new ArrayList<>(signer.sign(network(1, 2), zone, NOW.plusSeconds(60)));
        next.add(new ARecord(ORIGIN, DClass.IN, 60, new byte[] {10, 0, 0, 9}));
        List<Record> signed = rechained(next);
        VerifiedNetwork verified = verifier.verify(zone);

        assertThat(verifier.verifyChanges(verified, verified.zone().with(difference(zone, signed))))
                .isEmpty();
        assertThatThrownBy(() -> verifier.verify(verified, difference(zone, signed)))
                .isInstanceOf(UnfitZoneException.class)
                .hasMessageContaining("(members)");
    }

    @Test
    void theTimesOfSignaturesThatStayCountToo() throws UnfitZoneException {
        List<Record> zone = signer.sign(network(1, 2), List.of(), NOW);
        List<Record> next = signer.sign(network(1, 2, 3), zone, NOW.plus(Duration.ofDays(5)));

        VerifiedNetwork verified = verifier.verify(verifier.verify(zone), difference(zone, next));

        assertThat(verified.validUntil()).isEqualTo(NOW.plus(MembersSigner.VALIDITY));
        assertThat(verified.validFrom()).isEqualTo(NOW.plus(Duration.ofDays(5)).minus(Duration.ofHours(1)));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void aChangeIsSignedAsTheWholeZoneIs(long seed) throws UnfitZoneException {
        Random random = new Random(seed);
        List<Record> zone = signer.sign(network(1, 2), List.of(), NOW);
        for (int step = 1; step <= 30; step++) {
            Network network = someNetwork(random);
            Instant now = NOW.plusSeconds(step);
            VerifiedNetwork verified = verifier.verify(zone);

            ZoneDiff change = signer.change(network, verified, now).orElseThrow();

            List<Record> whole = signer.sign(network, zone, now);
            assertThat(texts(verified.zone().with(change).zone().records())).isEqualTo(texts(whole));
            assertThat(verifier.verifyEachSignature(verified, change).network()).isEqualTo(network);
            zone = whole;
        }
    }

    @Test
    void whatIsNoChangeOfMembersIsSignedAsAWhole() throws UnfitZoneException {
        Network network = network(1, 2);
        VerifiedNetwork verified = verifier.verify(signer.sign(network, List.of(), NOW));
        Instant later = NOW.plusSeconds(60);

        assertThat(signer.change(network, verified, NOW.plus(Duration.ofDays(9))))
                .as("signatures to be renewed")
                .isEmpty();
        assertThat(signer.change(network, verified, NOW.minus(Duration.ofDays(1))))
                .as("a clock that went back")
                .isEmpty();
        assertThat(new MembersSigner(List.of(SECOND, OWNER), MembersSigner.VALIDITY).change(network, verified, later))
                .as("another key")
                .isEmpty();
        assertThat(new MembersSigner(List.of(OWNER), Duration.ofDays(10)).change(network, verified, later))
                .as("a shorter validity")
                .isEmpty();
        assertThat(signer.change(Network.of(NAMES, prefixes("10.0.0.0/8"), network.members()), verified, later))
                .as("other ranges")
                .isEmpty();
    }

    @Test
    void aChangeWithASignatureThatIsNotTheOwnersIsRefusedWhereEachIsVerified() throws UnfitZoneException {
        List<Record> zone = signer.sign(network(1, 2), List.of(), NOW);
        VerifiedNetwork verified = verifier.verify(zone);
        List<Record> next = new ArrayList<>(signer.sign(network(1, 2, 3), zone, NOW.plusSeconds(60)));
        Name fresh = name("host3");
        next.replaceAll(record -> record instanceof RRSIGRecord signature
                        && signature.getName().equals(fresh)
                        && signature.getTypeCovered() == Type.A
                ? withFootprint(resigned(next, signature), OWNER.tag())
                : record);
        ZoneDiff change = difference(zone, resealed(next, NOW.plus(MembersSigner.VALIDITY)));

        assertThat(verifier.verify(verified, change).network()).isEqualTo(network(1, 2, 3));
        assertThatThrownBy(() -> verifier.verifyEachSignature(verified, change))
                .isInstanceOf(UnfitZoneException.class)
                .hasMessageContaining("(signature)");
    }

    /** Sequences of zones, some of them tampered with by a registry, others signed by an owner whose signer is faulty. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void noZoneIsBelievedByItsDifferenceThatIsNotBelievedAsAFirstOne(long seed) throws UnfitZoneException {
        Random random = new Random(seed);
        Map<Verdict, Integer> verdicts = new EnumMap<>(Verdict.class);
        List<Record> old = signer.sign(network(1, 2, 3), List.of(), NOW.minusSeconds(9));
        List<Record> zone = signer.sign(network(1, 2, 4), old, NOW);
        VerifiedNetwork verified = verifier.verify(zone);
        for (int step = 1; step <= 80; step++) {
            List<Record> next = signer.sign(someNetwork(random), zone, NOW.plusSeconds(step));
            List<Record> tampered = random.nextInt(4) == 0 ? next : tampered(random, next, old, zone);

            SignedZone.Next content = verified.zone().with(difference(zone, tampered));
            if (new HashSet<>(tampered).size() == tampered.size()) {
                assertThat(texts(content.zone().records())).isEqualTo(texts(tampered));
            }

            Optional<VerifiedNetwork> whole = compare(verified, content);
            verdicts.merge(whole.isPresent() ? Verdict.BELIEVED : Verdict.REFUSED, 1, Integer::sum);
            if (whole.isPresent()) {
                verified = verifier.verify(verified, difference(zone, tampered));
                old = zone;
                zone = verified.records();
            }
        }
        assertThat(verdicts.get(Verdict.BELIEVED)).isGreaterThan(20);
        assertThat(verdicts.get(Verdict.REFUSED)).isGreaterThan(20);
    }

    private Optional<VerifiedNetwork> compare(VerifiedNetwork before, SignedZone.Next content) {
        Optional<VerifiedNetwork> quick = verifier.verifyChanges(before, content);
        try {
            VerifiedNetwork whole = verifier.verify(content.zone().records());
            quick.ifPresent(each -> assertSame(each, whole));
            return Optional.of(whole);
        } catch (UnfitZoneException e) {
            assertThat(quick).as(e.getMessage()).isEmpty();
            return Optional.empty();
        }
    }

    private static void assertSame(VerifiedNetwork quick, VerifiedNetwork whole) {
        assertThat(quick.isSameZoneAs(whole)).isTrue();
        assertThat(quick.network()).isEqualTo(whole.network());
        assertThat(quick.validFrom()).isEqualTo(whole.validFrom());
        assertThat(quick.validUntil()).isEqualTo(whole.validUntil());
        assertThat(texts(quick.records())).isEqualTo(texts(whole.records()));
    }

    private static List<String> texts(List<Record> records) {
        return records.stream().map(Record::toString).sorted().toList();
    }

    private List<Record> tampered(Random random, List<Record> next, List<Record> old, List<Record> now) {
        List<Record> zone = new ArrayList<>(next);
        Record one = zone.get(random.nextInt(zone.size()));
        List<Record> other = random.nextBoolean() ? old : now;
        switch (random.nextInt(12)) {
            case 0 -> zone.remove(one);
            case 1 -> zone.removeIf(record -> record.getName().equals(one.getName()));
            case 2 -> replaceBy(other, zone, record -> record.getName().equals(one.getName()));
            case 3 -> replaceBy(other, zone, record -> record.getRRsetType() == one.getRRsetType());
            case 4 -> zone.add(other.get(random.nextInt(other.size())));
            case 5 -> zone.replaceAll(record -> record == one ? garbled(random, record) : record);
            case 6 -> zone.replaceAll(record -> record == one ? withTtl(record, 61) : record);
            case 7 -> zone.add(stray(random));
            case 8 -> zone.removeIf(RRSIGRecord.class::isInstance);
            case 9 -> replaceBy(other, zone, record -> record.getRRsetType() == Type.NSEC);
            case 10 ->
                zone.replaceAll(record ->
                        record instanceof RRSIGRecord signature && signature.getTypeCovered() == one.getRRsetType()
                                ? resigned(zone, signature)
                                : record);
            default -> replaceBy(new ArrayList<>(List.of(stray(random))), zone, record -> record == one);
        }
        return switch (random.nextInt(3)) {
            case 0 -> zone;
            // What an owner signs need not be right either.
            case 1 -> resealed(zone, NOW.plus(MembersSigner.VALIDITY));
            default -> rechained(zone);
        };
    }

    private static void replaceBy(List<Record> other, List<Record> zone, Predicate<Record> condition) {
        zone.removeIf(condition);
        other.stream().filter(condition.or(record -> other.size() == 1)).forEach(zone::add);
    }

    private static Record withTtl(Record record, long ttl) {
        return Record.newRecord(record.getName(), record.getType(), DClass.IN, ttl, record.rdataToWireCanonical());
    }

    private static Record garbled(Random random, Record record) {
        byte[] data = record.rdataToWireCanonical();
        data[random.nextInt(data.length)] ^= (byte) (1 << random.nextInt(8));
        try {
            Record garbled = Record.newRecord(record.getName(), record.getType(), DClass.IN, record.getTTL(), data);
            // As far as it can be written again.
            garbled.toWireCanonical();
            return garbled;
        } catch (RuntimeException e) {
            return record;
        }
    }

    private static RRSIGRecord resigned(List<Record> zone, RRSIGRecord signature) {
        List<Record> rrset = zone.stream()
                .filter(record ->
                        record.getName().equals(signature.getName()) && record.getType() == signature.getTypeCovered())
                .toList();
        return rrset.isEmpty() ? signature : ATTACKER.sign(rrset, signature.getTimeSigned(), signature.getExpire());
    }

    private static RRSIGRecord withFootprint(RRSIGRecord signature, int footprint) {
        return new RRSIGRecord(
                signature.getName(),
                DClass.IN,
                signature.getTTL(),
                signature.getTypeCovered(),
                signature.getAlgorithm(),
                signature.getOrigTTL(),
                signature.getExpire(),
                signature.getTimeSigned(),
                footprint,
                signature.getSigner(),
                signature.getSignature());
    }

    private static Record stray(Random random) {
        Name host = name("host" + random.nextInt(4));
        Name owner = List.of(host, ORIGIN, name("nobody"), name(key(2).toBase32()), name("*"))
                .get(random.nextInt(5));
        return List.<Record>of(
                        new ARecord(owner, DClass.IN, 60, new byte[] {10, 0, 0, (byte) random.nextInt(5)}),
                        new TXTRecord(owner, DClass.IN, 60, "txtvers=1"),
                        new NSECRecord(owner, DClass.IN, 60, host, new int[] {Type.A, Type.RRSIG, Type.NSEC}),
                        ATTACKER.dnskey(),
                        new SOARecord(ORIGIN, DClass.IN, 60, ORIGIN, ORIGIN, 7, 1, 1, 1, 1))
                .get(random.nextInt(5));
    }

    /** Returns records with the owner's digest over them, as they are. */
    private static List<Record> resealed(List<Record> zone, Instant until) {
        List<Record> all = new ArrayList<>(zone);
        all.removeIf(record -> record.getRRsetType() == Type.ZONEMD);
        long serial = zone.stream()
                .filter(SOARecord.class::isInstance)
                .mapToLong(record -> ((SOARecord) record).getSerial())
                .findFirst()
                .orElse(0);
        Record digest = new ZoneMDRecord(
                ORIGIN,
                DClass.IN,
                60,
                serial,
                ZoneMDRecord.Scheme.SIMPLE,
                ZoneMDRecord.Hash.SHA384,
                ZoneDigest.of(ORIGIN, all));
        all.add(digest);
        all.add(OWNER.sign(List.of(digest), NOW.minusSeconds(9), until));
        return all;
    }

    /** Returns the same with signatures of everything, a chain that fits, and the digest. */
    private static List<Record> rechained(List<Record> zone) {
        List<Record> plain = new ArrayList<>(zone);
        plain.removeIf(record -> record instanceof RRSIGRecord || record.getType() == Type.NSEC);
        RrsetMap map = new RrsetMap(plain);
        NsecChain.of(map, 60).forEach(map::add);
        List<Record> all = new ArrayList<>(map.records(ORIGIN));
        for (List<Record> rrset : map.rrsets()) {
            all.add(OWNER.sign(rrset, NOW.minusSeconds(9), NOW.plus(MembersSigner.VALIDITY)));
        }
        return resealed(all, NOW.plus(MembersSigner.VALIDITY));
    }

    /** Returns what differs, record for record, as a transfer of it would bring it; in any order. */
    private static ZoneDiff difference(List<Record> before, List<Record> after) {
        List<Record> removed = new ArrayList<>(before);
        removed.removeIf(record -> after.stream().anyMatch(each -> isSame(record, each)));
        List<Record> added = new ArrayList<>(after);
        added.removeIf(record -> before.stream().anyMatch(each -> isSame(record, each)));
        Collections.shuffle(added, new Random(1));
        return new ZoneDiff(removed, added);
    }

    private static boolean isSame(Record some, Record other) {
        return some.equals(other) && some.getTTL() == other.getTTL();
    }

    private static Network someNetwork(Random random) {
        return network(random.ints(4, 1, 9).distinct().toArray());
    }

    private static Network network(int... hosts) {
        List<Member> members = new ArrayList<>(List.of(HUB));
        for (int host : hosts) {
            members.add(Member.builder(key(host + 1), "host" + host)
                    .allowedIps(prefixes("10.0.0." + (host + 1) + "/32", "fd00::" + (host + 1) + "/128"))
                    .build());
        }
        return Network.of(NAMES, RANGES, members);
    }

    private static Name name(String label) {
        return Name.fromConstantString(label + "." + ORIGIN);
    }
}
