package io.wgsd.server.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;

/** The quick way of answering, held to what the other way says. */
final class QuickWay {

    private final UsualRequest request = new UsualRequest();
    private final byte[] response = new byte[Responder.MAX_DATAGRAM];

    /**
     * Answers a message quickly, where that is possible.
     *
     * @param expected what the responder says to it
     * @return whether it was; then it is the same, to the byte
     */
    boolean agrees(byte[] message, Journal zone, Access access, Reply expected) {
        // As in a transport's buffer, there is something behind the message.
        byte[] buffer = Arrays.copyOf(message, message.length + 512);
        Arrays.fill(buffer, message.length, buffer.length, (byte) 0x55);
        if (!request.read(buffer, message.length)) {
            return false;
        }
        int length = zone.quickAnswers().answer(request, access != Access.KNOWN_KEYS, response);
        if (length == QuickAnswers.NONE) {
            return false;
        }
        assertThat(Arrays.copyOf(response, length))
                .as(() -> Samples.parse(message) + "\n" + Samples.parse(Arrays.copyOf(response, length)))
                .isEqualTo(expected.message());
        assertThat(request.outcome()).isEqualTo(expected.outcome());
        return true;
    }

    Outcome outcome() {
        return request.outcome();
    }
}
