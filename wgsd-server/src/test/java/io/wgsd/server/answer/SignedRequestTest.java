package io.wgsd.server.answer;

import static io.wgsd.server.answer.Dig.dig;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.dnssd.TsigKey;
import io.wgsd.server.answer.access.Access;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.TSIG;
import org.xbill.DNS.TSIGRecord;

/**
 * Signed requests (RFC 8945): what {@code TsigVerifier} takes and refuses, and how responses are signed. Tested through
 * {@link Responder}.
 */
class SignedRequestTest {

    private static final byte[] SECRET = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] OTHER = "another secret of 32 bytes......".getBytes(StandardCharsets.US_ASCII);
    private static final TsigKey ASKER = TsigKey.of("asker", "hmac-sha256", SECRET);
    private static final TsigKey SECONDARY = TsigKey.of("secondary", "hmac-sha512", SECRET);

    private final Responder responder = SampleZone.responder(
            Map.of(ASKER, Access.EVERYTHING, SECONDARY, Access.TRANSFER), 0, InstantSource.system());
    private Dig question = dig(SampleZone.LIST, "PTR").as(Access.REFUSAL).at(responder);
    private TSIG signing = ASKER.toTsig();

    @Test
    void aKeyGrantsWhatTheAddressDoesNot() {
        Message answer = verified(first(signed()));

        assertThat(answer.getSection(Section.ANSWER)).hasSize(3);
    }

    @Test
    void aKeyForQuestionsGrantsNoTransfer() {
        question = dig("example.com.", "AXFR").tcp().as(Access.REFUSAL).at(responder);

        assertThat(verified(first(signed())).getRcode()).isEqualTo(Rcode.REFUSED);
    }

    @Test
    void everyMessageOfATransferIsSigned() throws Exception {
        question = dig("example.com.", "AXFR")
                .tcp()
                .in(SampleZone.zoneOf(300))
                .as(Access.REFUSAL)
                .at(responder);
        signing = SECONDARY.toTsig();
        List<byte[]> messages = new ArrayList<>();
        question.response(signed()).messages().forEachRemaining(messages::add);
        TSIG.StreamVerifier verifier = new TSIG.StreamVerifier(signing, request);

        assertThat(messages).hasSizeGreaterThan(2);
        for (byte[] message : messages) {
            assertThat(verifier.verify(new Message(message), message)).isEqualTo(Rcode.NOERROR);
        }
    }

    @Test
    void aSignedAnswerFitsTheClientsBuffer() {
        question = dig(SampleZone.LIST, "PTR")
                .in(SampleZone.zoneOf(30))
                .as(Access.REFUSAL)
                .at(responder)
                .buffer(600);

        assertThat(first(signed())).hasSizeBetween(100, 600);
    }

    @ParameterizedTest
    @CsvSource({"nobody, hmac-sha256", "asker, hmac-sha512"})
    void anUnknownKeyIsReported(String name, String algorithm) {
        signing = TsigKey.of(name, algorithm, SECRET).toTsig();

        assertThat(rejected(first(signed())).getError()).isEqualTo(Rcode.BADKEY);
    }

    @Test
    void anotherSecretIsNoGood() {
        signing = TsigKey.of("asker", "hmac-sha256", OTHER).toTsig();

        TSIGRecord rejection = rejected(first(signed()));

        assertThat(rejection.getError()).isEqualTo(Rcode.BADSIG);
        assertThat(rejection.getSignature()).isEmpty();
    }

    @Test
    void aChangedMessageIsNoGood() {
        byte[] message = signed();
        message[13] ^= 0x20;

        assertThat(rejected(first(message)).getError()).isEqualTo(Rcode.BADSIG);
    }

    @ParameterizedTest
    @CsvSource({"PT4M50S, NOERROR", "PT5M10S, NOTAUTH", "PT-5M-10S, NOTAUTH"})
    void aMessageIsGoodForFiveMinutes(Duration age, String rcode) {
        Clock clock = Clock.offset(Clock.systemUTC(), age.negated());
        signing = new TSIG(TSIG.HMAC_SHA256, ASKER.name(), new SecretKeySpec(SECRET, "HmacSHA256"), clock);

        Message answer = SampleZone.parse(first(signed()));

        assertThat(Rcode.string(answer.getRcode())).isEqualTo(rcode);
        assertThat(answer.getTSIG().getError()).isEqualTo(rcode.equals("NOTAUTH") ? Rcode.BADTIME : 0);
    }

    @Test
    void aRejectionAtTheWrongTimeTellsTheTimeAndIsSigned() {
        Clock clock = Clock.offset(Clock.systemUTC(), Duration.ofHours(-1));
        signing = new TSIG(TSIG.HMAC_SHA256, ASKER.name(), new SecretKeySpec(SECRET, "HmacSHA256"), clock);

        TSIGRecord rejection = verified(first(signed())).getTSIG();

        assertThat(rejection.getOther()).hasSize(6);
    }

    @Test
    void aSignatureStandsAtTheEnd() {
        byte[] message = signed();
        byte[] twice = java.util.Arrays.copyOf(message, 2 * message.length - question.request().length);
        System.arraycopy(message, question.request().length, twice, message.length, twice.length - message.length);
        twice[11]++;

        assertThat(question.response(twice).outcome()).isEqualTo(Outcome.MALFORMED);
    }

    @Test
    void aKeyWhoseNameLeavesNoRoomForAnAnswerIsNotUnderstood() {
        String label = "a".repeat(60) + ".";
        signing = TsigKey.of(label.repeat(4), "hmac-sha512", SECRET).toTsig();
        question = dig(label.repeat(3) + "example.com.", "SOA").noEdns().at(responder);

        assertThat(question.response(signed()).outcome()).isEqualTo(Outcome.MALFORMED);
        assertThat(first(signed())).hasSizeLessThanOrEqualTo(512);
    }

    @Test
    void aForgedSourceGetsNoAnswerEvenWithASignature() {
        question = question.as(Access.NOTHING);

        assertThat(question.response(signed()).message()).isNull();
    }

    private TSIGRecord request;

    private byte[] signed() {
        Message message = SampleZone.parse(question.request());
        signing.apply(message, null);
        request = message.getTSIG();
        return message.toWire();
    }

    private byte[] first(byte[] message) {
        byte[] answer = question.response(message).message();
        assertThat(answer).isNotNull();
        return answer;
    }

    private Message verified(byte[] bytes) {
        Message answer = SampleZone.parse(bytes);
        assertThat(signing.verify(answer, bytes, request)).isEqualTo(Rcode.NOERROR);
        return answer;
    }

    private static TSIGRecord rejected(byte[] bytes) {
        Message answer = SampleZone.parse(bytes);
        assertThat(answer.getRcode()).isEqualTo(Rcode.NOTAUTH);
        assertThat(answer.getSection(Section.ANSWER)).isEmpty();
        return answer.getTSIG();
    }
}
