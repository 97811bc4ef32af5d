package io.wgsd.members;

import static io.wgsd.members.Samples.BOB;
import static io.wgsd.members.Samples.NETWORK;
import static io.wgsd.members.Samples.NOW;
import static io.wgsd.members.Samples.ZONE;
import static io.wgsd.members.Samples.member;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgsd.dnssd.SigningAlgorithm;
import io.wgsd.dnssd.SigningKey;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Type;

class MembersSignerTest {

    private static final SigningKey OWNER = SigningKey.generate(ZONE, SigningAlgorithm.ED25519, NOW);
    private static final MembersSigner SIGNER = new MembersSigner(List.of(OWNER), MembersSigner.VALIDITY);

    private final MembersVerifier verifier = new MembersVerifier(Samples.NAMES, List.of(OWNER.ds()));

    @Test
    void whatIsSignedVerifiesAndIsTheNetwork() throws UnfitZoneException {
        VerifiedNetwork verified = verifier.verifyEachSignature(SIGNER.sign(NETWORK, List.of(), NOW));

        assertThat(verified.network()).isEqualTo(NETWORK);
        assertThat(verified.serial()).isEqualTo(NOW.getEpochSecond());
        assertThat(verified.validFrom()).isEqualTo(NOW.minus(Duration.ofHours(1)));
        assertThat(verified.validUntil()).isEqualTo(NOW.plus(MembersSigner.VALIDITY));
        assertThat(verified.records().get(0)).isInstanceOf(SOARecord.class);
    }

    @Test
    void theSerialIsTheTimeOrTheNextOne() {
        List<Record> first = SIGNER.sign(NETWORK, List.of(), NOW);

        assertThat(serial(SIGNER.sign(NETWORK, first, NOW))).isEqualTo(NOW.getEpochSecond() + 1);
        assertThat(serial(SIGNER.sign(NETWORK, first, NOW.minusSeconds(9)))).isEqualTo(NOW.getEpochSecond() + 1);
        assertThat(serial(SIGNER.sign(NETWORK, first, NOW.plusSeconds(9)))).isEqualTo(NOW.getEpochSecond() + 9);
    }

    @Test
    void theZoneExpiresAtSecondariesNoEarlierThanItsSignatures() {
        SOARecord soa = (SOARecord) SIGNER.sign(NETWORK, List.of(), NOW).get(0);

        assertThat(Duration.ofSeconds(soa.getExpire())).isGreaterThanOrEqualTo(MembersSigner.VALIDITY);
    }

    @Test
    void whatDidNotChangeKeepsItsSignatures() throws UnfitZoneException {
        List<Record> before = SIGNER.sign(NETWORK, List.of(), NOW);
        Network network = NETWORK.with(member(9, "carol", "10.0.0.9/32"));

        List<Record> after = SIGNER.sign(network, before, NOW.plusSeconds(60));

        Set<Record> fresh = signatures(after);
        fresh.removeAll(signatures(before));
        // Carol's TXT and A with their NSECs, the NSECs of the two names before these, and the SOA and the digest.
        assertThat(fresh).hasSize(8);
        assertThat(verifier.verifyEachSignature(after).network()).isEqualTo(network);
    }

    @Test
    void signaturesAreMadeAnewWhenAQuarterOfTheirTimeIsOver() {
        List<Record> before = SIGNER.sign(NETWORK, List.of(), NOW);
        Instant later = NOW.plus(MembersSigner.VALIDITY.dividedBy(4)).plusSeconds(1);

        Set<Record> fresh = signatures(SIGNER.sign(NETWORK, before, later));

        assertThat(fresh).doesNotContainAnyElementsOf(signatures(before));
    }

    @Test
    void signaturesOfAnotherKeyOrOfALongerValidityAreNotTakenOver() {
        SigningKey other = SigningKey.generate(ZONE, SigningAlgorithm.ECDSA_P256, NOW);
        List<Record> before = SIGNER.sign(NETWORK, List.of(), NOW);
        MembersSigner shorter = new MembersSigner(List.of(OWNER), Duration.ofDays(2));

        assertThat(signatures(new MembersSigner(List.of(other), MembersSigner.VALIDITY).sign(NETWORK, before, NOW)))
                .doesNotContainAnyElementsOf(signatures(before));
        assertThat(signatures(shorter.sign(NETWORK, before, NOW.plusSeconds(1))))
                .doesNotContainAnyElementsOf(signatures(before));
    }

    @Test
    void allKeysSignEverythingSoThatTheAnchorOfEachWillDo() throws UnfitZoneException {
        SigningKey other = SigningKey.generate(ZONE, SigningAlgorithm.ECDSA_P256, NOW);
        List<Record> zone =
                new MembersSigner(List.of(OWNER, other), MembersSigner.VALIDITY).sign(NETWORK, List.of(), NOW);

        assertThat(verifier.verifyEachSignature(zone).network()).isEqualTo(NETWORK);
        assertThat(new MembersVerifier(Samples.NAMES, List.of(other.dnskey()))
                        .verifyEachSignature(zone)
                        .network())
                .isEqualTo(NETWORK);
    }

    @Test
    void disabledMembersAreLeftOut() throws UnfitZoneException {
        Network network = NETWORK.with(BOB.toBuilder().disabled(true).build());

        assertThat(verifier.verify(SIGNER.sign(network, List.of(), NOW)).network())
                .isEqualTo(network.enabled());
    }

    @Test
    void keysOfAnotherZoneOrNoneOrAValidityOutOfRangeAreRefused() {
        SigningKey ofZ = SigningKey.generate(Samples.NAMES, SigningAlgorithm.ED25519, NOW);

        assertThatThrownBy(() -> new MembersSigner(List.of(ofZ), MembersSigner.VALIDITY).sign(NETWORK, List.of(), NOW))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new MembersSigner(List.of(), MembersSigner.VALIDITY))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new MembersSigner(List.of(OWNER), Duration.ofHours(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static long serial(List<Record> zone) {
        return ((SOARecord) zone.get(0)).getSerial();
    }

    private static Set<Record> signatures(List<Record> zone) {
        Set<Record> signatures = new HashSet<>(zone);
        signatures.removeIf(record -> !(record instanceof RRSIGRecord) || record.getType() != Type.RRSIG);
        return signatures;
    }
}
