package io.wgsd.relay.noise;

import static io.wgsd.relay.noise.Recorded.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.model.PublicKey;
import io.wgsd.model.SecretKey;
import io.wgsd.relay.wire.Messages;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The whole room against what a real wireguard-go sent, and took: the same bytes come out again. */
class RecordedTest {

    private static final Identity US = Identity.of(SecretKey.copyOf(Recorder.OUR_KEY));
    private static final PublicKey THEM = SecretKey.copyOf(Recorder.THEIR_KEY).publicKey();

    @Test
    void aResponderOpensARealInitiationAndRespondsWithWhatWasTaken() {
        byte[] initiation = message("responder.initiation");
        assertThat(US.mac1().fits(initiation)).isTrue();
        ReceivedInitiation received = ReceivedInitiation.open(US, initiation).orElseThrow();
        assertThat(received.initiator()).isEqualTo(THEM);
        assertThat(received.timestamp())
                .hasValueSatisfying(stamp -> assertThat(stamp).isGreaterThan(Timestamp.NONE));

        ReceivedInitiation.Answered answered =
                received.respond(ephemeral(), Recorder.INDEX).orElseThrow();

        assertThat(answered.message()).isEqualTo(message("responder.response"));
        assertThat(answered.keys().initiator()).isFalse();
        assertThat(answered.keys().localIndex()).isEqualTo(Recorder.INDEX);
        assertThat(answered.keys().accepts(message("responder.keepalive"))).isTrue();
    }

    @Test
    void anInitiatorMakesWhatWasTakenAndOpensTheRealResponse() {
        SentInitiation sent = initiation("initiator.timestamp");
        assertThat(sent.message()).isEqualTo(message("initiator.initiation"));

        TransportKeys keys = sent.accept(message("initiator.response")).orElseThrow();

        assertThat(keys.initiator()).isTrue();
        assertThat(keys.keepalive()).isEqualTo(message("initiator.firstKeepalive"));
        assertThat(keys.accepts(message("initiator.keepalive"))).isTrue();
    }

    @Test
    void aRepeatedKeepaliveIsRefused() {
        TransportKeys keys = initiation("initiator.timestamp")
                .accept(message("initiator.response"))
                .orElseThrow();
        assertThat(keys.accepts(message("initiator.keepalive"))).isTrue();
        assertThat(keys.accepts(message("initiator.keepalive"))).isFalse();
    }

    @Test
    void aCookieThatWasSentComesBack() {
        CookieMaker cookies = new CookieMaker(US.publicKey(), Recorder.COOKIE_SECRET);
        byte[] initiation = message("cookieMaker.initiation");
        assertThat(cookies.reply(initiation, Recorder.SOURCE, Recorder.NONCE)).isEqualTo(message("cookieMaker.reply"));

        assertThat(cookies.proves(initiation, Recorder.SOURCE)).isFalse();
        assertThat(cookies.proves(message("cookieMaker.next"), Recorder.SOURCE)).isTrue();
    }

    @Test
    void aCookieProvesOneSourceUntilTheSecretChanges() {
        CookieMaker cookies = new CookieMaker(US.publicKey(), Recorder.COOKIE_SECRET);
        byte[] elsewhere = Recorder.SOURCE.clone();
        elsewhere[3]++;
        assertThat(cookies.proves(message("cookieMaker.next"), elsewhere)).isFalse();

        cookies.changeSecret(new byte[Messages.KEY]);
        assertThat(cookies.proves(message("cookieMaker.next"), Recorder.SOURCE)).isFalse();
    }

    @Test
    void aRealCookieReplyIsOpenedAndShownAsItWasTaken() {
        byte[] initiation = message("receivedCookie.initiation");
        ReceivedCookie cookie = ReceivedCookie.open(THEM, message("receivedCookie.reply"), initiation)
                .orElseThrow();
        byte[] next = initiation("receivedCookie.nextTimestamp").message();

        cookie.write(next);

        assertThat(next).isEqualTo(message("receivedCookie.next"));
    }

    @Test
    void aCookieReplyToAnotherMessageIsRefused() {
        byte[] other = message("initiator.initiation");
        assertThat(ReceivedCookie.open(THEM, message("receivedCookie.reply"), other))
                .isEmpty();
    }

    @Test
    void noChangedByteOfAnInitiationGoesUnnoticed() {
        for (int at = Messages.INITIATION_EPHEMERAL; at < Messages.INITIATION_MAC1; at++) {
            byte[] changed = message("responder.initiation");
            changed[at] ^= 1;
            assertThat(ReceivedInitiation.open(US, changed).flatMap(ReceivedInitiation::timestamp))
                    .as("byte " + at)
                    .isEmpty();
        }
    }

    @Test
    void aFalseResponseLeavesTheTrueOneItsChance() {
        SentInitiation sent = initiation("initiator.timestamp");
        byte[] changed = message("initiator.response");
        changed[Messages.ENCRYPTED_NOTHING] ^= 1;

        assertThat(sent.accept(changed)).isEmpty();
        assertThat(sent.accept(message("initiator.response"))).isPresent();
    }

    @Test
    void anEphemeralKeyOfSmallOrderIsRefused() {
        byte[] weak = message("initiator.response");
        Arrays.fill(weak, Messages.RESPONSE_EPHEMERAL, Messages.ENCRYPTED_NOTHING, (byte) 0);
        assertThat(initiation("initiator.timestamp").accept(weak)).isEmpty();

        byte[] initiation = message("responder.initiation");
        Arrays.fill(initiation, Messages.INITIATION_EPHEMERAL, Messages.ENCRYPTED_STATIC, (byte) 0);
        assertThat(ReceivedInitiation.open(US, initiation)).isEmpty();
    }

    @Test
    void nothingThatIsSecretIsInATextForm() {
        SentInitiation sent = initiation("initiator.timestamp");
        TransportKeys keys = sent.accept(message("initiator.response")).orElseThrow();
        assertThat(sent).hasToString("SentInitiation[redacted]");
        assertThat(keys).hasToString("TransportKeys[initiator]");
        assertThat(ephemeral()).hasToString("Ephemeral[redacted]");
        assertThat(US).hasToString("Identity[" + US.publicKey() + "]");
    }

    private static SentInitiation initiation(String timestamp) {
        Optional<SentInitiation> sent =
                SentInitiation.create(US, THEM, ephemeral(), Recorder.INDEX, Timestamp.read(message(timestamp)));
        return sent.orElseThrow();
    }

    private static Ephemeral ephemeral() {
        return Ephemeral.of(Recorder.EPHEMERAL.clone());
    }
}
