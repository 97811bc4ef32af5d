package io.wgsd.relay.noise;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.wgsd.model.SecretKey;
import io.wgsd.relay.wire.Messages;
import java.util.Arrays;

/** No initiation, response, cookie reply or data that nobody made with the keys is taken for authentic. */
final class InitiationFuzzTest {

    private static final Identity US = Identity.of(SecretKey.copyOf(Recorder.OUR_KEY));
    private static final byte[] INITIATION = Recorded.message("responder.initiation");
    private static final byte[] RESPONSE = Recorded.message("initiator.response");
    private static final byte[] KEEPALIVE = Recorded.message("initiator.keepalive");
    private static final byte[] COOKIE_REPLY = Recorded.message("receivedCookie.reply");
    private static final byte[] ASKED = Recorded.message("receivedCookie.initiation");

    private final SentInitiation sent = SentInitiation.create(
                    US,
                    SecretKey.copyOf(Recorder.THEIR_KEY).publicKey(),
                    Ephemeral.of(Recorder.EPHEMERAL.clone()),
                    Recorder.INDEX,
                    Timestamp.read(Recorded.message("initiator.timestamp")))
            .orElseThrow();
    private final TransportKeys keys = sent.accept(RESPONSE).orElseThrow();

    @FuzzTest(maxDuration = "10m")
    void onlyWhatWasMadeWithTheKeysIsAuthentic(byte[] message) {
        switch (Messages.type(message)) {
            case Messages.INITIATION -> {
                boolean authentic = ReceivedInitiation.open(US, message)
                        .flatMap(ReceivedInitiation::timestamp)
                        .isPresent();
                assertThat(authentic).isEqualTo(sameUpTo(Messages.INITIATION_MAC1, message, INITIATION));
            }
            case Messages.RESPONSE ->
                assertThat(sent.accept(message).isPresent())
                        .isEqualTo(sameBehind(Messages.RESPONSE_EPHEMERAL, message, RESPONSE));
            case Messages.COOKIE_REPLY ->
                assertThat(ReceivedCookie.open(
                                        SecretKey.copyOf(Recorder.THEIR_KEY).publicKey(), message, ASKED)
                                .isPresent())
                        .isEqualTo(Arrays.equals(
                                message, Messages.COOKIE_NONCE, 64, COOKIE_REPLY, Messages.COOKIE_NONCE, 64));
            case Messages.DATA -> {
                if (!Arrays.equals(message, Messages.COUNTER, message.length, KEEPALIVE, Messages.COUNTER, 32)) {
                    assertThat(keys.accepts(message)).isFalse();
                }
            }
            default ->
                assertThat(message.length < 4 || Messages.type(message) == Messages.NONE)
                        .isTrue();
        }
    }

    /** The sender's index is no part of what is authenticated but by mac1. */
    private static boolean sameUpTo(int end, byte[] one, byte[] other) {
        return Arrays.equals(one, Messages.INITIATION_EPHEMERAL, end, other, Messages.INITIATION_EPHEMERAL, end);
    }

    private static boolean sameBehind(int start, byte[] one, byte[] other) {
        return Arrays.equals(one, start, Messages.RESPONSE_MAC1, other, start, Messages.RESPONSE_MAC1);
    }
}
