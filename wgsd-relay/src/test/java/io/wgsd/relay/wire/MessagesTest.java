package io.wgsd.relay.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.relay.noise.Recorded;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessagesTest {

    @ParameterizedTest
    @CsvSource({
        "responder.initiation, 1",
        "initiator.response, 2",
        "receivedCookie.reply, 3",
        "initiator.keepalive, 4",
    })
    void eachRealMessageHasItsType(String recorded, int type) {
        assertThat(Messages.type(Recorded.message(recorded))).isEqualTo(type);
    }

    @ParameterizedTest
    @CsvSource({"1, 147", "1, 149", "2, 148", "3, 63", "3, 65", "4, 31", "5, 148", "0, 32", "256, 148", "257, 148"})
    void bytesOfAnotherLengthOrWithReservedBytesAreNoMessage(int firstWord, int length) {
        assertThat(Messages.type(firstWord, length)).isEqualTo(Messages.NONE);
    }

    @Test
    void dataMayBeAnyLengthFromAKeepaliveOn() {
        assertThat(Messages.type(4, 32)).isEqualTo(Messages.DATA);
        assertThat(Messages.type(4, 1452)).isEqualTo(Messages.DATA);
        assertThat(Messages.type(4, 65_507)).isEqualTo(Messages.DATA);
    }

    @Test
    void aFewBytesAreNoMessage() {
        assertThat(Messages.type(new byte[] {1, 0, 0})).isEqualTo(Messages.NONE);
        assertThat(Messages.type(new byte[0])).isEqualTo(Messages.NONE);
    }

    @Test
    void theReceiversIndexOfAResponseIsThatOfItsInitiation() {
        byte[] initiation = Recorded.message("initiator.initiation");
        assertThat(Messages.receiver(Recorded.message("initiator.response"))).isEqualTo(Messages.sender(initiation));
        assertThat(Messages.receiver(Recorded.message("initiator.keepalive"))).isEqualTo(Messages.sender(initiation));
    }

    @Test
    void numbersAreLittleEndian() {
        byte[] message = new byte[16];
        Messages.putWord(message, 4, 0x01020304);
        Messages.putCounter(message, 8, 0x0102030405060708L);
        assertThat(message).containsExactly(0, 0, 0, 0, 4, 3, 2, 1, 8, 7, 6, 5, 4, 3, 2, 1);
        assertThat(Messages.word(message, 4)).isEqualTo(0x01020304);
        assertThat(Messages.counter(message, 8)).isEqualTo(0x0102030405060708L);
    }
}
