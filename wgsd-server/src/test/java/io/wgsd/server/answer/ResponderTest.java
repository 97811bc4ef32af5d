package io.wgsd.server.answer;

import static io.wgsd.server.answer.Dig.dig;
import static io.wgsd.server.answer.SampleZone.ALICE_HOST;
import static io.wgsd.server.answer.SampleZone.ALICE_INSTANCE;
import static io.wgsd.server.answer.SampleZone.ALICE_UNPADDED;
import static io.wgsd.server.answer.SampleZone.BOB_HOST;
import static io.wgsd.server.answer.SampleZone.BOB_INSTANCE;
import static io.wgsd.server.answer.SampleZone.CAROL_INSTANCE;
import static io.wgsd.server.answer.SampleZone.LIST;
import static io.wgsd.server.answer.SampleZone.answers;
import static io.wgsd.server.answer.SampleZone.key;
import static io.wgsd.server.answer.SampleZone.lines;
import static io.wgsd.server.answer.SampleZone.types;
import static io.wgsd.server.answer.SampleZone.zoneOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;

/** What names and types answer (RFC 1034, 1035, 2308, 4343, 6763, 8020, 8482). */
class ResponderTest {

    private static final String SOA =
            "example.com. SOA ns1.example.com. postmaster.example.com. 1767268800 60 10 604800 1";

    @Test
    void theListNamesEachPeer() {
        assertThat(answers(dig(LIST, "PTR").answer()))
                .containsExactly(
                        LIST + " PTR " + ALICE_INSTANCE,
                        LIST + " PTR " + BOB_INSTANCE,
                        LIST + " PTR " + CAROL_INSTANCE);
    }

    @Test
    void aPeersServiceComesWithItsAddressAndThenItsText() {
        Message answer = dig(ALICE_INSTANCE, "SRV").answer();

        assertThat(answers(answer)).containsExactly(ALICE_INSTANCE + " SRV 0 0 41424 " + ALICE_HOST);
        assertThat(lines(answer, Section.ADDITIONAL))
                .satisfiesExactly(
                        address -> assertThat(address).isEqualTo(ALICE_HOST + " A 203.0.113.1"),
                        text -> assertThat(text).startsWith(ALICE_INSTANCE + " TXT txtvers=1 pub=xScV"));
    }

    @Test
    void aServiceReachedByIpv6ComesWithThatAddress() {
        assertThat(lines(dig(BOB_INSTANCE, "SRV").answer(), Section.ADDITIONAL))
                .first()
                .isEqualTo(BOB_HOST + " AAAA 2001:db8:0:0:0:0:0:2");
    }

    @Test
    void theNameWithoutPaddingHasTheSameOfItsOwn() {
        Message answer = dig(ALICE_UNPADDED, "SRV").answer();

        assertThat(answers(answer)).containsExactly(ALICE_UNPADDED + " SRV 0 0 41424 " + ALICE_HOST);
        assertThat(lines(answer, Section.ADDITIONAL))
                .satisfiesExactly(
                        address -> assertThat(address).isEqualTo(ALICE_HOST + " A 203.0.113.1"),
                        text -> assertThat(text).startsWith(ALICE_UNPADDED + " TXT txtvers=1 pub=xScV"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"A", "AAAA", "CNAME", "PTR"})
    void theNameWithoutPaddingHasNothingElse(String type) {
        Message answer = dig(ALICE_UNPADDED, type).answer();

        assertThat(answers(answer)).isEmpty();
        assertThat(answer.getRcode()).isEqualTo(Rcode.NOERROR);
        assertThat(lines(answer, Section.AUTHORITY)).containsExactly(SOA);
    }

    @Test
    void theServiceHasTheAddressToo() {
        assertThat(answers(dig(ALICE_INSTANCE, "A").answer())).containsExactly(ALICE_INSTANCE + " A 203.0.113.1");
    }

    @Test
    void aHostHasItsAddress() {
        assertThat(answers(dig(BOB_HOST, "AAAA").answer())).containsExactly(BOB_HOST + " AAAA 2001:db8:0:0:0:0:0:2");
    }

    @Test
    void aTextHoldsKeyAllowedIpsAndAge() {
        assertThat(answers(dig(BOB_INSTANCE, "TXT").answer()))
                .containsExactly(BOB_INSTANCE + " TXT txtvers=1 pub=syKB97XhGnvC+kynh2KqQJPXoOoOpx/HmpMRTc+r4js="
                        + " allowed=10.0.0.2/32,fd00::2/128 since=1767268800");
    }

    @Test
    void theApexHasItsSoa() {
        assertThat(answers(dig("example.com.", "SOA").answer())).containsExactly(SOA);
    }

    @Test
    void theNameServerComesWithItsAddress() {
        Message answer = dig("example.com.", "NS").answer();

        assertThat(answers(answer)).containsExactly("example.com. NS ns1.example.com.");
        assertThat(lines(answer, Section.ADDITIONAL)).containsExactly("ns1.example.com. A 10.0.0.254");
    }

    @Test
    void stockBrowsersFindTheServiceAndTheDomain() {
        assertThat(answers(dig("_services._dns-sd._udp.example.com.", "PTR").answer()))
                .containsExactly("_services._dns-sd._udp.example.com. PTR " + LIST);
        assertThat(answers(dig("lb._dns-sd._udp.example.com.", "PTR").answer()))
                .containsExactly("lb._dns-sd._udp.example.com. PTR example.com.");
    }

    @ParameterizedTest
    @CsvSource({"AAAA", "MX", "PTR", "CNAME", "HTTPS", "DNSKEY", "RRSIG"})
    void anAbsentTypeIsNoDataWithTheSoa(String type) {
        Message answer = dig(ALICE_INSTANCE, type).answer();

        assertThat(answer.getRcode()).isEqualTo(Rcode.NOERROR);
        assertThat(answers(answer)).isEmpty();
        assertThat(lines(answer, Section.AUTHORITY)).containsExactly(SOA);
    }

    @ParameterizedTest
    @ValueSource(strings = {"_udp.example.com.", "_dns-sd._udp.example.com."})
    void aNameThatIsOnlyPartOfLongerOnesExists(String name) {
        assertThat(dig(name, "A").answer().getRcode()).isEqualTo(Rcode.NOERROR);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"nobody.example.com.", "a._udp.example.com.", "x._wireguard._udp.example.com.", "*.example.com."
            })
    void anAbsentNameIsNxdomainWithTheSoa(String name) {
        Message answer = dig(name, "A").answer();

        assertThat(answer.getRcode()).isEqualTo(Rcode.NXDOMAIN);
        assertThat(lines(answer, Section.AUTHORITY)).containsExactly(SOA);
    }

    @Test
    void aKeyThatIsNoPeersIsNxdomain() {
        String stranger = key(7).toBase32() + "====." + LIST;

        assertThat(dig(stranger, "SRV").answer().getRcode()).isEqualTo(Rcode.NXDOMAIN);
    }

    @Test
    void aNegativeAnswerLivesNoLongerThanTheLesserOfTtlAndMinimum() {
        assertThat(dig("nobody.example.com.", "A").answer().getSection(Section.AUTHORITY))
                .singleElement()
                .satisfies(soa -> assertThat(soa.getTTL()).isEqualTo(1));
    }

    @Test
    void answersHaveAuthorityAndOfferNoRecursion() {
        Message answer = dig("example.com.", "SOA").answer();

        assertThat(answer.getHeader().printFlags()).isEqualTo("qr aa rd ");
    }

    @Test
    void checkingDisabledIsRepeated() {
        assertThat(dig("example.com.", "SOA")
                        .flag(Flags.CD)
                        .answer()
                        .getHeader()
                        .getFlag(Flags.CD))
                .isTrue();
    }

    @Test
    void anyLetterCaseIsAnsweredInItsOwn() {
        String shouted = ALICE_INSTANCE.toUpperCase(Locale.ROOT);
        Message answer = dig(shouted, "A").answer();

        assertThat(answer.getQuestion().getName()).hasToString(shouted);
        assertThat(answers(answer)).containsExactly(shouted + " A 203.0.113.1");
    }

    @ParameterizedTest
    @CsvSource({"example.com., NS", "ns1.example.com., A", "_wireguard._udp.example.com., PTR"})
    void anyIsOneRrsetAndTheSmallest(String name, String type) {
        assertThat(types(dig(name, "ANY").answer(), Section.ANSWER)).containsOnly(type);
    }

    @Test
    void anyAtAServiceIsItsAddress() {
        assertThat(answers(dig(ALICE_INSTANCE, "ANY").answer())).containsExactly(ALICE_INSTANCE + " A 203.0.113.1");
    }

    @Test
    void anyAtAnEmptyNonTerminalIsNoData() {
        assertThat(dig("_udp.example.com.", "ANY").response().outcome()).isEqualTo(Outcome.NO_DATA);
    }

    /** RFC 6763, section 12.1. */
    @Test
    void oneQuestionBringsASmallNetwork() {
        for (Dig question : List.of(
                dig(LIST, "PTR").in(zoneOf(3)), dig(LIST, "PTR").in(zoneOf(40)).tcp())) {
            Message answer = question.answer();
            int peers = answer.getSection(Section.ANSWER).size();

            assertThat(types(answer, Section.ADDITIONAL).stream()
                            .filter(type -> !type.equals("OPT"))
                            .collect(Collectors.groupingBy(type -> type, Collectors.counting())))
                    .isEqualTo(Map.of("SRV", (long) peers, "A", (long) peers, "TXT", (long) peers));
        }
    }

    @Test
    void aLongListOverTcpBringsSomeAlongInSixteenKilobytes() {
        byte[] answer = dig(LIST, "PTR").in(zoneOf(100)).tcp().wire();

        assertThat(SampleZone.parse(answer).getSection(Section.ANSWER)).hasSize(100);
        assertThat(answer.length).isBetween(16_000, 17_000);
    }

    @Test
    void aShortListBringsTheServicesAlongAsFarAsTheyFit() {
        Message answer = dig(LIST, "PTR").buffer(700).answer();

        assertThat(types(answer, Section.ADDITIONAL)).startsWith("SRV", "A", "TXT", "SRV");
        assertThat(answer.getHeader().getFlag(Flags.TC)).isFalse();
    }
}
