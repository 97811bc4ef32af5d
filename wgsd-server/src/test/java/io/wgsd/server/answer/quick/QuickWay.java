package io.wgsd.server.answer.quick;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.dnssd.Zone;
import io.wgsd.server.answer.Outcome;
import io.wgsd.server.answer.Response;
import io.wgsd.server.answer.SampleZone;
import io.wgsd.server.answer.access.Access;
import io.wgsd.server.answer.wire.UsualRequest;
import io.wgsd.server.answer.wire.WireFormat;
import io.wgsd.server.zone.Journal;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** The quick way of answering, held to what the other way says. */
public final class QuickWay {

    private final Map<Zone, QuickAnswers> answers = new IdentityHashMap<>();
    private final UsualRequest request = new UsualRequest();
    private final byte[] response = new byte[WireFormat.MAX_UDP_RESPONSE];

    /**
     * Answers a message quickly, where that is possible.
     *
     * @param expected what the responder says to it
     * @return whether it was; then it is the same, to the byte
     */
    public boolean agrees(byte[] message, Journal zone, Access access, Response expected) {
        // As in a transport's buffer, there is something behind the message.
        byte[] buffer = Arrays.copyOf(message, message.length + 512);
        Arrays.fill(buffer, message.length, buffer.length, (byte) 0x55);
        if (!request.read(buffer, message.length)) {
            return false;
        }
        int length = answers(zone.zone()).answer(request, access != Access.KNOWN_KEYS, response);
        if (length == QuickAnswers.NONE) {
            return false;
        }
        assertThat(Arrays.copyOf(response, length))
                .as(() -> SampleZone.parse(message) + "\n" + SampleZone.parse(Arrays.copyOf(response, length)))
                .isEqualTo(expected.message());
        assertThat(outcome()).isEqualTo(expected.outcome());
        return true;
    }

    /** Making them costs more than many answers. */
    private QuickAnswers answers(Zone zone) {
        return answers.computeIfAbsent(zone, each -> QuickAnswers.of(each, List.of()));
    }

    public Outcome outcome() {
        return Outcome.ofAnswer(request.responseFlags(), request.answerRecords());
    }
}
