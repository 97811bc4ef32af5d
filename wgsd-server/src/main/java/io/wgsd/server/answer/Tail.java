package io.wgsd.server.answer;

import java.util.Arrays;
import java.util.Objects;

/**
 * What follows the question in a response, ready to be copied behind it, whatever letter case the question has.
 *
 * @param outcome what the response is
 * @param flags the header's flags besides those that come from the request
 * @param counts how many records the sections have: answer, authority, additional, 16 bits each, without the OPT record
 * @param bytes the records, without the OPT record
 * @param options the data of the OPT record that such a response ends with, where the request has one
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, nor handed out of this package
record Tail(Outcome outcome, int flags, long counts, byte[] bytes, byte[] options) {

    private static final int OPT_FIXED = 11;

    /** Takes the tail of a whole response, with an OPT record at its end where there are options to be told. */
    static Tail of(Reply reply, int questionLength, int optLength) {
        byte[] message = Objects.requireNonNull(reply.message());
        int start = MessageHeader.LENGTH + questionLength;
        int end = message.length - optLength;
        long counts = (long) MessageHeader.count(message, 1) << 32
                | (long) MessageHeader.count(message, 2) << 16
                | MessageHeader.count(message, 3) - (optLength > 0 ? 1 : 0);
        return new Tail(
                reply.outcome(),
                MessageHeader.flags(message) & ~MessageHeader.QR,
                counts,
                Arrays.copyOfRange(message, start, end),
                optLength == 0 ? new byte[0] : Arrays.copyOfRange(message, end + OPT_FIXED, message.length));
    }
}
