package io.wgsd.server.answer;

import static io.wgsd.server.answer.Dig.dig;
import static io.wgsd.server.answer.SampleZone.ALICE_INSTANCE;
import static io.wgsd.server.answer.SampleZone.ALICE_UNPADDED;
import static io.wgsd.server.answer.SampleZone.LIST;
import static io.wgsd.server.answer.SampleZone.types;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.dnssd.SigningAlgorithm;
import io.wgsd.dnssd.SigningKey;
import io.wgsd.dnssd.Zone;
import io.wgsd.dnssd.ZoneSigner;
import io.wgsd.server.Samples;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * What a signed zone's answers contain for those who ask for signatures (RFC 4035, section 3.1); tested through {@link
 * Responder}.
 */
class SignedAnswerTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    static final Zone SIGNED = signed(SampleZone.ZONE);

    @Test
    void aClientThatDoesNotAskForSignaturesGetsNone() {
        Message answer = dig(ALICE_INSTANCE, "SRV").in(SIGNED).answer();

        assertThat(types(answer, Section.ANSWER)).containsExactly("SRV");
        assertThat(types(answer, Section.ADDITIONAL)).containsExactly("A", "TXT", "OPT");
    }

    @Test
    void everyRrsetGoesWithItsSignature() {
        Message answer = dnssec(ALICE_INSTANCE, "SRV").answer();

        assertThat(types(answer, Section.ANSWER)).containsExactly("SRV", "RRSIG");
        assertThat(types(answer, Section.ADDITIONAL)).containsExactly("A", "RRSIG", "TXT", "RRSIG", "OPT");
    }

    @Test
    void theNameWithoutPaddingIsSignedToo() {
        assertThat(types(dnssec(ALICE_UNPADDED, "SRV").answer(), Section.ANSWER))
                .containsExactly("SRV", "RRSIG");
    }

    @ParameterizedTest
    @CsvSource({
        "nobody.example.com.,        NXDOMAIN, 2",
        "0.example.com.,             NXDOMAIN, 1",
        "a.b.nobody.example.com.,    NXDOMAIN, 2",
        "_udp.example.com.,          NOERROR,  1",
        "ns1.example.com.,           NOERROR,  1",
        "_wireguard._udp.example.com., NOERROR,  1",
    })
    void aNegativeAnswerIsProved(String name, String rcode, int proofs) {
        Message answer = dnssec(name, "MX").answer();

        assertThat(Rcode.string(answer.getRcode())).isEqualTo(rcode);
        assertThat(types(answer, Section.AUTHORITY)).startsWith("SOA", "RRSIG", "NSEC", "RRSIG");
        assertThat(types(answer, Section.AUTHORITY).stream().filter("NSEC"::equals))
                .hasSize(proofs);
    }

    @Test
    void aTypeIsProvedAbsentByTheNamesOwnRecord() {
        Message answer = dnssec(ALICE_INSTANCE, "AAAA").answer();

        assertThat(answer.getSection(Section.AUTHORITY).stream().filter(record -> record.getType() == Type.NSEC))
                .singleElement()
                .satisfies(nsec -> assertThat(nsec.getName()).isEqualTo(Samples.name(ALICE_INSTANCE)));
    }

    @Test
    void anAnswerWhoseSignatureDoesNotFitIsCut() {
        Message answer = dig(LIST, "PTR")
                .in(signed(SampleZone.zoneOf(16)))
                .edns(0, ExtendedFlags.DO)
                .answer();

        assertThat(answer.getHeader().getFlag(Flags.TC)).isTrue();
        assertThat(answer.getSection(Section.ANSWER)).isEmpty();
        assertThat(types(dig(LIST, "PTR").in(signed(SampleZone.zoneOf(16))).answer(), Section.ANSWER))
                .hasSize(16);
    }

    @Test
    void askingForAnythingGetsNoSignatureAlone() {
        assertThat(types(dig(ALICE_INSTANCE, "ANY").in(SIGNED).answer(), Section.ANSWER))
                .hasSize(1)
                .doesNotContain("RRSIG", "NSEC");
    }

    @ParameterizedTest
    @CsvSource({"DNSKEY, DNSKEY", "CDS, CDS", "CDNSKEY, CDNSKEY", "NSEC, NSEC"})
    void theKeysAndTheRestCanBeAskedFor(String asked, String first) {
        assertThat(types(dnssec("example.com.", asked).answer(), Section.ANSWER))
                .startsWith(first, "RRSIG");
    }

    private static Dig dnssec(String name, String type) {
        return dig(name, type).in(SIGNED).edns(0, ExtendedFlags.DO);
    }

    private static Zone signed(Zone zone) {
        SigningKey key = SigningKey.generate(zone.options().names(), SigningAlgorithm.ED25519, NOW);
        return new ZoneSigner(List.of(key)).sign(zone, List.of(), NOW);
    }
}
