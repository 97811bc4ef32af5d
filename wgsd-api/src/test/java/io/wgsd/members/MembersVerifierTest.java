package io.wgsd.members;

import static io.wgsd.members.Samples.ALICE;
import static io.wgsd.members.Samples.BOB;
import static io.wgsd.members.Samples.NAMES;
import static io.wgsd.members.Samples.NETWORK;
import static io.wgsd.members.Samples.NOW;
import static io.wgsd.members.Samples.ZONE;
import static io.wgsd.members.Samples.member;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.wgsd.dnssd.SigningAlgorithm;
import io.wgsd.dnssd.SigningKey;
import io.wgsd.members.signed.NsecChain;
import io.wgsd.members.signed.RrsetMap;
import io.wgsd.members.signed.ZoneDigest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;
import org.xbill.DNS.ZoneMDRecord;

/** What a registry in an attacker's hands can hand out, and by which rule each of it is refused. */
class MembersVerifierTest {

    private static final Name ORIGIN = ZONE.origin();
    private static final SigningKey OWNER = SigningKey.generate(ZONE, SigningAlgorithm.ED25519, NOW);
    private static final SigningKey ATTACKER = SigningKey.generate(ZONE, SigningAlgorithm.ED25519, NOW);
    private static final MembersSigner SIGNER = new MembersSigner(List.of(OWNER), MembersSigner.VALIDITY);

    private static final Network EARLIER = NETWORK.with(member(9, "mallory", "10.0.0.9/32"));
    private static final List<Record> OLD = SIGNER.sign(EARLIER, List.of(), NOW.minusSeconds(9));
    private static final List<Record> ZONE_NOW = SIGNER.sign(NETWORK, List.of(), NOW);

    private final MembersVerifier verifier = new MembersVerifier(NAMES, List.of(OWNER.dnskey()));

    @Test
    void theOwnersZoneIsBelievedInAnyOrder() throws UnfitZoneException {
        List<Record> shuffled = new ArrayList<>(ZONE_NOW);
        Collections.shuffle(shuffled, new Random(2));

        assertThat(verifier.verify(shuffled).network()).isEqualTo(NETWORK);
        assertThat(verifier.verifyEachSignature(shuffled).records())
                .hasSameElementsAs(ZONE_NOW)
                .hasSize(ZONE_NOW.size())
                .first()
                .isInstanceOf(SOARecord.class);
    }

    static Stream<Arguments> attacks() {
        return Stream.of(
                attack("forged by another key", ZoneRule.ANCHOR, signedBy(ATTACKER, EARLIER)),
                attack("another key beside the owner's", ZoneRule.SIGNATURE, with(ZONE_NOW, ATTACKER.dnskey())),
                attack(
                        "another key in the place of the owner's, of which the signatures stay",
                        ZoneRule.ANCHOR,
                        replace(ZONE_NOW, of(Type.DNSKEY), ATTACKER.dnskey())),
                attack(
                        "a zone signed by the attacker, with the owner's signed keys",
                        ZoneRule.SIGNATURE,
                        mixed(signedBy(ATTACKER, EARLIER), ZONE_NOW, of(Type.DNSKEY))),
                attack(
                        "an old member's records among new ones",
                        ZoneRule.DIGEST,
                        mixed(
                                ZONE_NOW,
                                OLD,
                                record -> record.toString().startsWith("mallory")
                                        || record.toString().contains("mallory"))),
                attack("an old record in the place of a new one", ZoneRule.DIGEST, anOlderAlice()),
                attack("a newer SOA over older records", ZoneRule.DIGEST, mixed(OLD, ZONE_NOW, of(Type.SOA))),
                attack("an older digest", ZoneRule.DIGEST, mixed(ZONE_NOW, OLD, of(Type.ZONEMD))),
                attack("another serial in the SOA", ZoneRule.SIGNATURE, replace(ZONE_NOW, of(Type.SOA), soa(99))),
                attack(
                        "a member taken out",
                        ZoneRule.DIGEST,
                        without(
                                ZONE_NOW,
                                record -> record.getName()
                                        .toString()
                                        .startsWith(BOB.publicKey().toBase32()))),
                attack(
                        "all but the origin taken out",
                        ZoneRule.DIGEST,
                        without(ZONE_NOW, at(ORIGIN).negate())),
                attack("no SOA", ZoneRule.CONTENT, without(ZONE_NOW, record -> record.getType() == Type.SOA)),
                attack("no digest", ZoneRule.DIGEST, without(ZONE_NOW, of(Type.ZONEMD))),
                attack("no keys", ZoneRule.ANCHOR, without(ZONE_NOW, of(Type.DNSKEY))),
                attack("no signatures", ZoneRule.SIGNATURE, without(ZONE_NOW, RRSIGRecord.class::isInstance)),
                attack(
                        "no signature of one record",
                        ZoneRule.DIGEST,
                        without(
                                ZONE_NOW,
                                record -> record instanceof RRSIGRecord signature
                                        && signature.getTypeCovered() == Type.A)),
                attack("nothing at all", ZoneRule.CONTENT, List.of()),
                attack("no NSEC records", ZoneRule.DIGEST, without(ZONE_NOW, of(Type.NSEC))),
                attack("a forged signature of the digest that ends sooner", ZoneRule.SIGNATURE, endingSooner()),
                attack("a digest that fits, unsigned", ZoneRule.SIGNATURE, withFittingDigest()),
                attack(
                        "a digest by another algorithm",
                        ZoneRule.SIGNATURE,
                        replace(ZONE_NOW, of(Type.ZONEMD), digest(serialOf(ZONE_NOW), 2, new byte[64]))),
                attack("a wildcard", ZoneRule.CONTENT, with(ZONE_NOW, record("*.members.example.com. A 10.0.0.9"))),
                attack(
                        "an alias",
                        ZoneRule.CONTENT,
                        with(ZONE_NOW, record("eve.members.example.com. CNAME alice.members.example.com."))),
                attack(
                        "a delegation",
                        ZoneRule.CONTENT,
                        with(ZONE_NOW, record("eve.members.example.com. NS ns.example.org."))),
                attack("a name outside", ZoneRule.CONTENT, with(ZONE_NOW, record("alice.example.com. A 10.0.0.9"))),
                attack("a second SOA", ZoneRule.CONTENT, with(ZONE_NOW, soa(99))),
                attack("a record twice", ZoneRule.CONTENT, with(ZONE_NOW, ZONE_NOW.get(3))),
                attack(
                        "a TTL that differs",
                        ZoneRule.DIGEST,
                        replaceOne(ZONE_NOW, record -> record.getType() == Type.A, MembersVerifierTest::longer)),
                attack("more records than a network has", ZoneRule.SIZE, Collections.nCopies(800_000, ZONE_NOW.get(0))),
                attack("many keys", ZoneRule.ANCHOR, withManyKeys()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("attacks")
    void whatTheOwnerDidNotSignIsRefused(String attack, ZoneRule rule, Collection<Record> zone) {
        UnfitZoneException refusal = catchThrowableOfType(UnfitZoneException.class, () -> verifier.verify(zone));

        assertThat(refusal).as(attack).isNotNull();
        assertThat(refusal.rule()).as(refusal.getMessage()).isEqualTo(rule);
        assertThat(refusal).hasMessageStartingWith("members' zone refused (" + rule + "): ");
        assertThat(catchThrowableOfType(UnfitZoneException.class, () -> verifier.verifyEachSignature(zone)))
                .extracting(UnfitZoneException::rule)
                .isEqualTo(rule);
    }

    @Test
    void whatTheOwnerSignedIsRefusedTooWhereItIsNoZoneOfMembers() {
        assertRefused(ZoneRule.MEMBERS, sealed(record("eve.members.example.com. A 10.0.0.9")));
        assertRefused(ZoneRule.MEMBERS, sealed(new TXTRecord(ORIGIN, DClass.IN, 60, "txtvers=2")));
    }

    @Test
    void aChainThatLeavesANameOutIsRefused() {
        RrsetMap zone = unsealed();
        List<Record> chain = new ArrayList<>(NsecChain.of(zone, 60));
        chain.remove(2);
        chain.forEach(zone::add);

        assertRefused(ZoneRule.CHAIN, SIGNER.seal(zone, 7, NOW));
    }

    @Test
    void aSignatureThatResolversWouldRefuseIsFoundWhereEachIsVerified() throws UnfitZoneException {
        List<Record> zone = new ArrayList<>(SIGNER.sign(NETWORK, List.of(), NOW));
        zone.replaceAll(record -> isSignatureOf(record, Type.A)
                ? garbled((RRSIGRecord) record, ((RRSIGRecord) record).getExpire())
                : record);
        List<Record> resealed = resealed(zone);

        assertThat(verifier.verify(resealed).network()).isEqualTo(NETWORK);
        assertThatThrownBy(() -> verifier.verifyEachSignature(resealed))
                .isInstanceOf(UnfitZoneException.class)
                .hasMessageContaining("(signature)")
                .hasMessageContaining(" A is one by the owner's keys");
        VerifiedNetwork good = verifier.verifyEachSignature(ZONE_NOW);
        assertThat(verifier.verifyEachSignature(ZONE_NOW, good).isSameZoneAs(good))
                .isTrue();
        assertThatThrownBy(() -> verifier.verifyEachSignature(resealed, good)).hasMessageContaining("(signature)");
        VerifiedNetwork same = verifier.verify(resealed);
        assertThat(verifier.verifyEachSignature(resealed, same).isSameZoneAs(same))
                .as("nothing that was verified before is verified again")
                .isTrue();
    }

    @Test
    void anAnchorMayBeADigestAndAnotherOneBesideItDoesNotMatter() throws UnfitZoneException {
        MembersVerifier both = new MembersVerifier(NAMES, List.of(ATTACKER.dnskey(), OWNER.ds()));

        assertThat(both.verify(ZONE_NOW).network()).isEqualTo(NETWORK);
        assertThatThrownBy(() -> new MembersVerifier(NAMES, List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anOlderZoneOrAnotherOneOfTheSameSerialDoesNotFollow() throws UnfitZoneException {
        VerifiedNetwork now = verifier.verify(ZONE_NOW);
        VerifiedNetwork old = verifier.verify(OLD);
        VerifiedNetwork other = verifier.verify(SIGNER.sign(EARLIER, List.of(), NOW));

        assertThatCode(() -> now.requireFollows(old)).doesNotThrowAnyException();
        assertThatCode(() -> now.requireFollows(now)).doesNotThrowAnyException();
        assertThatThrownBy(() -> old.requireFollows(now))
                .hasMessageContaining("(serial)")
                .hasMessageContaining("in use is");
        assertThatThrownBy(() -> other.requireFollows(now)).hasMessageContaining("its content is another");
    }

    @Test
    void signaturesAreValidForATime() throws UnfitZoneException {
        VerifiedNetwork verified = verifier.verify(ZONE_NOW);

        assertThatCode(() -> verified.requireValid(NOW)).doesNotThrowAnyException();
        assertThatCode(() -> verified.requireValid(NOW.plus(MembersSigner.VALIDITY)))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> verified.requireValid(NOW.plus(Duration.ofDays(31))))
                .hasMessageContaining("(time)")
                .hasMessageContaining("sign it again");
        assertThatThrownBy(() -> verified.requireValid(NOW.minus(Duration.ofDays(1))))
                .hasMessageContaining("set the clock");
    }

    private void assertRefused(ZoneRule rule, List<Record> zone) {
        assertThat(catchThrowableOfType(UnfitZoneException.class, () -> verifier.verify(zone)))
                .extracting(UnfitZoneException::rule)
                .isEqualTo(rule);
    }

    private static Arguments attack(String name, ZoneRule rule, Collection<Record> zone) {
        return Arguments.of(name, rule, zone);
    }

    private static List<Record> signedBy(SigningKey key, Network network) {
        return new MembersSigner(List.of(key), MembersSigner.VALIDITY).sign(network, List.of(), NOW);
    }

    /** Returns what the owner signs though no member has this record. */
    private static List<Record> sealed(Record stray) {
        RrsetMap zone = unsealed();
        zone.add(stray);
        NsecChain.of(zone, 60).forEach(zone::add);
        return SIGNER.seal(zone, 7, NOW);
    }

    private static RrsetMap unsealed() {
        RrsetMap zone = new RrsetMap(MembersZone.records(NETWORK, 7, MembersSigner.VALIDITY));
        zone.add(OWNER.dnskey());
        zone.add(digest(7, 1, new byte[ZoneDigest.LENGTH]));
        return zone;
    }

    /** Returns records with the owner's digest over them. */
    private static List<Record> resealed(List<Record> zone) {
        List<Record> all = without(zone, of(Type.ZONEMD));
        Record digest = digest(serialOf(zone), 1, ZoneDigest.of(ORIGIN, all));
        all.add(digest);
        all.add(OWNER.sign(List.of(digest), NOW.minusSeconds(9), NOW.plusSeconds(9)));
        return all;
    }

    private static List<Record> withFittingDigest() {
        List<Record> fewer =
                without(ZONE_NOW, record -> record.getName().toString().startsWith("bob"));
        Record digest = digest(serialOf(ZONE_NOW), 1, ZoneDigest.of(ORIGIN, fewer));
        fewer.removeIf(record -> record.getType() == Type.ZONEMD);
        fewer.add(digest);
        return fewer;
    }

    private static List<Record> withManyKeys() {
        List<Record> zone = new ArrayList<>(ZONE_NOW);
        for (int i = 0; i < MembersVerifier.MAX_KEYS; i++) {
            zone.add(SigningKey.generate(ZONE, SigningAlgorithm.ED25519, NOW).dnskey());
        }
        return zone;
    }

    private static List<Record> anOlderAlice() {
        Network wider = NETWORK.with(
                ALICE.toBuilder().allowedIps(Samples.prefixes("10.9.0.0/16")).build());
        return mixed(
                ZONE_NOW,
                SIGNER.sign(wider, List.of(), NOW.minusSeconds(99)),
                record ->
                        record.getName().toString().startsWith(ALICE.publicKey().toBase32()));
    }

    /** Returns one zone with those records of another that a condition names, in the place of its own. */
    private static List<Record> mixed(List<Record> zone, List<Record> other, Predicate<Record> condition) {
        List<Record> mixed = without(zone, condition);
        other.stream().filter(condition).forEach(mixed::add);
        return mixed;
    }

    /** Returns the condition that a record is of a type, or a signature of one. */
    private static Predicate<Record> of(int type) {
        return record -> record.getType() == type || isSignatureOf(record, type);
    }

    private static Predicate<Record> at(Name name) {
        return record -> record.getName().equals(name);
    }

    private static boolean isSignatureOf(Record record, int type) {
        return record instanceof RRSIGRecord signature && signature.getTypeCovered() == type;
    }

    private static List<Record> without(List<Record> zone, Predicate<Record> condition) {
        List<Record> fewer = new ArrayList<>(zone);
        fewer.removeIf(condition);
        return fewer;
    }

    private static List<Record> with(List<Record> zone, Record record) {
        List<Record> more = new ArrayList<>(zone);
        more.add(record);
        return more;
    }

    /** Returns a zone in which another record has the place of those of a type, and the signatures stay. */
    private static List<Record> replace(List<Record> zone, Predicate<Record> condition, Record record) {
        return with(without(zone, condition.and(each -> !(each instanceof RRSIGRecord))), record);
    }

    private static List<Record> replaceOne(
            List<Record> zone, Predicate<Record> condition, UnaryOperator<Record> change) {
        List<Record> changed = new ArrayList<>(zone);
        changed.replaceAll(record -> condition.test(record) ? change.apply(record) : record);
        return changed;
    }

    private static Record longer(Record record) {
        return Record.newRecord(record.getName(), record.getType(), DClass.IN, 61, record.rdataToWireCanonical());
    }

    private static List<Record> endingSooner() {
        Record signature = ZONE_NOW.stream()
                .filter(record -> isSignatureOf(record, Type.ZONEMD))
                .findFirst()
                .orElseThrow();
        return with(ZONE_NOW, garbled((RRSIGRecord) signature, NOW.plusSeconds(1)));
    }

    private static RRSIGRecord garbled(RRSIGRecord signature, Instant expire) {
        byte[] bytes = signature.getSignature().clone();
        bytes[0] ^= 1;
        return new RRSIGRecord(
                signature.getName(),
                DClass.IN,
                signature.getTTL(),
                signature.getTypeCovered(),
                signature.getAlgorithm(),
                signature.getOrigTTL(),
                expire,
                signature.getTimeSigned(),
                signature.getFootprint(),
                signature.getSigner(),
                bytes);
    }

    private static ZoneMDRecord digest(long serial, int algorithm, byte[] digest) {
        return new ZoneMDRecord(ORIGIN, DClass.IN, 60, serial, ZoneMDRecord.Scheme.SIMPLE, algorithm, digest);
    }

    private static long serialOf(List<Record> zone) {
        return zone.stream()
                .filter(SOARecord.class::isInstance)
                .mapToLong(record -> ((SOARecord) record).getSerial())
                .findFirst()
                .orElseThrow();
    }

    private static Record soa(long serial) {
        return record(
                "members.example.com. SOA ns1.example.com. postmaster.example.com. " + serial + " 60 10 2592000 60");
    }

    private static Record record(String line) {
        String[] words = line.split(" ", 3);
        try {
            return Record.fromString(
                    Name.fromString(words[0]), Type.value(words[1]), DClass.IN, 60, words[2], Name.root);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
