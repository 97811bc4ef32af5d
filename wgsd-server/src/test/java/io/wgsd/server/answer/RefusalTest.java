package io.wgsd.server.answer;

import static io.wgsd.server.answer.Dig.dig;
import static io.wgsd.server.answer.SampleZone.ALICE_HOST;
import static io.wgsd.server.answer.SampleZone.ALICE_INSTANCE;
import static io.wgsd.server.answer.SampleZone.ALICE_UNPADDED;
import static io.wgsd.server.answer.SampleZone.LIST;
import static io.wgsd.server.answer.SampleZone.answers;
import static io.wgsd.server.answer.SampleZone.zoneOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.server.answer.access.Access;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;

/** Who gets what, and why not, as extended errors say (RFC 8914); tested through {@link Responder}. */
class RefusalTest {

    @Test
    void beforeTheFirstReadingNothingIsReady() {
        Message answer = dig(LIST, "PTR").unready().as(Access.REFUSAL).answer();

        assertThat(answer.getRcode()).isEqualTo(Rcode.SERVFAIL);
        assertThat(extendedError(answer)).isEqualTo(ExtendedErrorCodeOption.NOT_READY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"example.org.", "com.", ".", "xexample.com."})
    void anotherZoneIsRefused(String name) {
        Message answer = dig(name, "A").answer();

        assertThat(answer.getRcode()).isEqualTo(Rcode.REFUSED);
        assertThat(answer.getHeader().printFlags()).isEqualTo("qr rd ");
        assertThat(extendedError(answer)).isEqualTo(ExtendedErrorCodeOption.NOT_AUTHORITATIVE);
    }

    @ParameterizedTest
    @ValueSource(ints = {DClass.CH, DClass.HS, DClass.NONE, DClass.ANY})
    void anotherClassIsRefused(int dclass) {
        assertThat(dig("example.com.", "SOA", dclass).answer().getRcode()).isEqualTo(Rcode.REFUSED);
    }

    @ParameterizedTest
    @CsvSource({"AXFR", "IXFR"})
    void transfersAreNotForEveryPeer(String type) {
        Message answer = dig("example.com.", type).tcp().answer();

        assertThat(answer.getRcode()).isEqualTo(Rcode.REFUSED);
        assertThat(extendedError(answer)).isEqualTo(ExtendedErrorCodeOption.PROHIBITED);
    }

    @Test
    void aStrangerIsRefusedEverything() {
        Message answer = dig("example.com.", "SOA").as(Access.REFUSAL).answer();

        assertThat(answer.getRcode()).isEqualTo(Rcode.REFUSED);
        assertThat(extendedError(answer)).isEqualTo(ExtendedErrorCodeOption.PROHIBITED);
    }

    @Test
    void aForgedSourceHearsNothing() {
        Response response = dig("example.com.", "SOA").as(Access.NOTHING).response();

        assertThat(response.message()).isNull();
        assertThat(response.outcome()).isEqualTo(Outcome.FORGED);
    }

    @ParameterizedTest
    @CsvSource({"SRV", "A", "TXT", "ANY"})
    void anAllowedOutsiderMayAskForAKnownKey(String type) {
        assertThat(answers(dig(ALICE_INSTANCE, type).as(Access.KNOWN_KEYS).answer()))
                .hasSize(1);
    }

    @Test
    void anAllowedOutsiderMayAskForAHostOrANameWithoutPadding() {
        assertThat(answers(dig(ALICE_HOST, "A").as(Access.KNOWN_KEYS).answer())).hasSize(1);
        assertThat(answers(dig(ALICE_UNPADDED, "SRV").as(Access.KNOWN_KEYS).answer()))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"SOA", "NS"})
    void anAllowedOutsiderMaySeeTheApex(String type) {
        assertThat(answers(dig("example.com.", type).as(Access.KNOWN_KEYS).answer()))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"PTR", "ANY"})
    void anAllowedOutsiderMayNotHaveTheList(String type) {
        Message answer = dig(LIST, type).as(Access.KNOWN_KEYS).answer();

        assertThat(answer.getRcode()).isEqualTo(Rcode.REFUSED);
        assertThat(extendedError(answer)).isEqualTo(ExtendedErrorCodeOption.PROHIBITED);
    }

    @ParameterizedTest
    @CsvSource({"_sub", "_a._sub", "_no-such._sub", "_A._SUB"})
    void anAllowedOutsiderDoesNotLearnHowKeysBegin(String labels) {
        assertThat(dig(labels + "." + LIST, "A")
                        .in(zoneOf(1000))
                        .as(Access.KNOWN_KEYS)
                        .answer()
                        .getRcode())
                .isEqualTo(Rcode.REFUSED);
    }

    @Test
    void aResolverThatMinimisesNamesGetsPastTheList() {
        assertThat(dig(LIST, "A").as(Access.KNOWN_KEYS).response().outcome()).isEqualTo(Outcome.NO_DATA);
    }

    private static int extendedError(Message answer) {
        assertThat(answer.getOPT()).isNotNull();
        return answer.getOPT().getOptions(EDNSOption.Code.EDNS_EXTENDED_ERROR).stream()
                .map(option -> ((ExtendedErrorCodeOption) option).getErrorCode())
                .findFirst()
                .orElse(-1);
    }
}
