package io.wgsd.server.answer;

import static io.wgsd.server.answer.Dig.dig;
import static io.wgsd.server.answer.SampleZone.CAROL_INSTANCE;
import static io.wgsd.server.answer.SampleZone.LIST;
import static io.wgsd.server.answer.SampleZone.types;
import static io.wgsd.server.answer.SampleZone.zoneOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Flags;
import org.xbill.DNS.GenericEDNSOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.NSIDOption;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;

/** Sizes, versions and options (RFC 6891, 8906, 9715), tested through {@link Responder}. */
class EdnsTest {

    @Test
    void aClientWithEdnsIsAnsweredWithEdns() {
        Message answer = dig("example.com.", "SOA").answer();

        assertThat(answer.getOPT().getVersion()).isZero();
        assertThat(answer.getOPT().getPayloadSize()).isEqualTo(1232);
    }

    @Test
    void aClientWithoutEdnsIsAnsweredWithoutEdns() {
        assertThat(dig("example.com.", "SOA").noEdns().answer().getOPT()).isNull();
    }

    @Test
    void anotherVersionIsAnsweredWithTheOneSpokenHere() {
        Message answer = dig("example.com.", "SOA").edns(1, 0).answer();

        assertThat(answer.getRcode()).isEqualTo(Rcode.BADVERS);
        assertThat(answer.getOPT().getVersion()).isZero();
        assertThat(answer.getSection(Section.ANSWER)).isEmpty();
    }

    @Test
    void unknownFlagsAndOptionsAreIgnoredAndNotRepeated() {
        Message answer = dig("example.com.", "SOA")
                .edns(0, 0x40, new GenericEDNSOption(65_001, new byte[] {1, 2, 3}))
                .answer();

        assertThat(answer.getRcode()).isEqualTo(Rcode.NOERROR);
        assertThat(answer.getOPT().getFlags()).isZero();
        assertThat(answer.getOPT().getOptions()).isEmpty();
    }

    @Test
    void theAnswerConfirmsARequestForSignatures() {
        assertThat(dig("example.com.", "SOA")
                        .edns(0, ExtendedFlags.DO)
                        .answer()
                        .getOPT()
                        .getFlags())
                .isEqualTo(ExtendedFlags.DO);
    }

    @ParameterizedTest
    @CsvSource({"0, 512", "511, 512", "700, 700", "1232, 1232", "4096, 1232", "65535, 1232"})
    void aDatagramIsNeverLargerThanTheClientAcceptsNorThanIsSafe(int buffer, int limit) {
        byte[] answer = dig(LIST, "PTR").in(zoneOf(5)).buffer(buffer).wire();

        assertThat(answer.length).isBetween(limit - 250, limit);
    }

    @Test
    void anAnswerThatDoesNotFitIsEmptyAndSaysSo() {
        Message answer = dig(LIST, "PTR").in(zoneOf(100)).answer();

        assertThat(answer.getHeader().getFlag(Flags.TC)).isTrue();
        assertThat(answer.getSection(Section.ANSWER)).isEmpty();
        assertThat(answer.getOPT()).isNotNull();
    }

    /** For software that asks without EDNS and never by TCP, as avahi does. */
    @Test
    void aClientWithoutEdnsGetsAsMuchOfAListAsFits() {
        Message answer = dig(LIST, "PTR").in(zoneOf(7)).noEdns().answer();

        assertThat(answer.getHeader().getFlag(Flags.TC)).isTrue();
        assertThat(answer.getSection(Section.ANSWER)).hasSize(6);
        assertThat(answer.getSection(Section.ADDITIONAL)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {512, 600})
    void recordsLeftOutOfTheAdditionalSectionAreNotMissed(int buffer) {
        Message answer = dig(CAROL_INSTANCE, "SRV").buffer(buffer).answer();

        assertThat(answer.getHeader().getFlag(Flags.TC)).isFalse();
        assertThat(types(answer, Section.ADDITIONAL)).containsExactly("A", "OPT");
    }

    @Test
    void aTextThatDoesNotFitIsCutAndSaidToBe() {
        Message answer = dig(CAROL_INSTANCE, "TXT").noEdns().answer();

        assertThat(answer.getHeader().getFlag(Flags.TC)).isTrue();
    }

    @Test
    void tcpCarriesTheWholeListRegardlessOfTheBufferForDatagrams() {
        Message answer = dig(LIST, "PTR").in(zoneOf(100)).buffer(512).tcp().answer();

        assertThat(answer.getSection(Section.ANSWER)).hasSize(100);
        assertThat(answer.getHeader().getFlag(Flags.TC)).isFalse();
    }

    @Test
    void theLongestListFitsIntoOneMessage() {
        Message answer = dig(LIST, "PTR").in(zoneOf(2000)).tcp().answer();

        assertThat(answer.getSection(Section.ANSWER)).hasSize(524);
        assertThat(answer.getHeader().getFlag(Flags.TC)).isFalse();
    }

    @Test
    void aClientThatAsksForTheServersIdentityGetsIt() {
        Message answer = dig("example.com.", "SOA")
                .edns(0, 0, new NSIDOption(new byte[0]))
                .answer();

        assertThat(answer.getOPT().getOptions())
                .containsExactly(new NSIDOption("ns1".getBytes(StandardCharsets.US_ASCII)));
    }

    @ParameterizedTest
    @CsvSource({"900, 524, true", "524, 524, false", "3, 3, false"})
    void aListThatIsNotAllOfThemSaysSo(int peers, int listed, boolean cut) {
        Message answer = dig(LIST, "PTR").in(zoneOf(peers)).tcp().answer();

        assertThat(answer.getSection(Section.ANSWER)).hasSize(listed);
        assertThat(answer.getOPT().getOptions(EDNSOption.Code.EDNS_EXTENDED_ERROR))
                .hasSize(cut ? 1 : 0);
    }
}
