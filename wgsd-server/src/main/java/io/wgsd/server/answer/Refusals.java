package io.wgsd.server.answer;

import io.wgsd.internal.LineLimit;
import io.wgsd.model.IpAddress;
import io.wgsd.server.answer.wire.MalformedRequestException;
import io.wgsd.server.answer.wire.MessageHeader;
import io.wgsd.server.answer.wire.Request;
import io.wgsd.server.answer.wire.WireFormat;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * Reports who is refused, signs badly, or forges its source: of one source a line a minute at most ({@link LineLimit}).
 * Thread-safe; costs next to nothing for all other messages.
 */
public final class Refusals {

    private static final int HEAD = WireFormat.HEADER_LENGTH + WireFormat.MAX_NAME + WireFormat.QUESTION_FIXED;

    private final LineLimit limit;
    private final Consumer<String> lines;

    /**
     * Makes a reporter.
     *
     * @param nanoClock a clock that only goes forward, in nanoseconds
     * @param lines takes the lines, on any thread that calls this
     */
    public Refusals(LongSupplier nanoClock, Consumer<String> lines) {
        limit = new LineLimit(nanoClock);
        this.lines = lines;
    }

    /**
     * Reports what became of a message, if that is to be reported.
     *
     * @param message what was received
     * @param source from where
     * @param response what became of it
     */
    public void responded(byte[] message, IpAddress source, Response response) {
        switch (response.outcome()) {
            case REFUSED, BAD_SIGNATURE -> {
                // What is held back for a minute is to be small.
                byte[] head = Arrays.copyOf(message, Math.min(message.length, HEAD));
                String reason = response.reason().orElse("it may not have that");
                limit.report(
                        source.toString(),
                        () -> "refused " + source + ", which asked for " + asked(head) + ": " + reason,
                        lines);
            }
            case FORGED ->
                limit.report(
                        source.toString(),
                        () -> "dropped what came from " + source
                                + ", which is inside the tunnel, but not through the tunnel",
                        lines);
            default -> {
                // Nobody has to know.
            }
        }
    }

    /** Reports what is due, which has to be done from time to time. */
    public void sweep() {
        limit.sweep();
    }

    private static String asked(byte[] head) {
        int opcode = MessageHeader.opcode(head);
        Request.@Nullable Question question = question(head);
        if (question == null) {
            return Opcode.string(opcode);
        }
        String what = opcode == Opcode.QUERY ? Type.string(question.type()) : Opcode.string(opcode);
        return what + " of " + question.name().toString(true);
    }

    /** Returns the question alone, without the records behind it. */
    private static Request.@Nullable Question question(byte[] head) {
        byte[] alone = head.clone();
        for (int section = Section.ANSWER; section <= Section.ADDITIONAL; section++) {
            alone[4 + 2 * section] = 0;
            alone[5 + 2 * section] = 0;
        }
        try {
            return Request.parse(alone).question();
        } catch (MalformedRequestException e) {
            return null;
        }
    }
}
