package io.wgsd.relay.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.model.PublicKey;
import io.wgsd.model.SecretKey;
import io.wgsd.relay.noise.Recorded;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class Mac1Test {

    private static final PublicKey US = key(0x41);
    private static final PublicKey THEM = key(0x42);

    @Test
    void aRealMessageFitsItsReceiverAlone() {
        byte[] initiation = Recorded.message("responder.initiation");
        assertThat(Mac1.of(US).fits(initiation)).isTrue();
        assertThat(Mac1.of(THEM).fits(initiation)).isFalse();

        byte[] response = Recorded.message("initiator.response");
        assertThat(Mac1.of(US).fits(response)).isTrue();
        assertThat(Mac1.of(THEM).fits(response)).isFalse();
    }

    @Test
    void aChangedMessageFitsNobody() {
        byte[] initiation = Recorded.message("responder.initiation");
        initiation[Messages.SENDER] ^= 1;
        assertThat(Mac1.of(US).fits(initiation)).isFalse();
    }

    @Test
    void theMacIsThatOfARealPeer() {
        byte[] response = Recorded.message("initiator.response");
        byte[] without = response.clone();
        Arrays.fill(without, Messages.RESPONSE_MAC1, Messages.RESPONSE_MAC2, (byte) 0);

        Mac1.of(US).write(without);

        assertThat(without).isEqualTo(response);
    }

    private static PublicKey key(int value) {
        byte[] bytes = new byte[Messages.KEY];
        Arrays.fill(bytes, (byte) value);
        return SecretKey.copyOf(bytes).publicKey();
    }
}
