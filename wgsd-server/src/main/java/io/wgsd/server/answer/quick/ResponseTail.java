package io.wgsd.server.answer.quick;

import io.wgsd.server.answer.Response;
import io.wgsd.server.answer.wire.MessageHeader;
import io.wgsd.server.answer.wire.WireFormat;
import java.util.Arrays;
import java.util.Objects;

/**
 * What follows the question in a response, ready to be copied behind it, regardless of the question's letter case.
 *
 * @param flags the header's flags besides those that come from the request
 * @param counts how many records the sections have: answer, authority, additional, 16 bits each, without the OPT record
 * @param bytes the records, without the OPT record
 * @param options the data of the OPT record that such a response ends with, where the request has one
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, nor handed out of this package
record ResponseTail(int flags, long counts, byte[] bytes, byte[] options) {

    /** Takes the tail of a whole response, with an OPT record at its end where there are options. */
    static ResponseTail of(Response response, int questionLength, int optLength) {
        byte[] message = Objects.requireNonNull(response.message());
        int start = WireFormat.HEADER_LENGTH + questionLength;
        int end = message.length - optLength;
        long counts = (long) MessageHeader.count(message, 1) << 32
                | (long) MessageHeader.count(message, 2) << 16
                | MessageHeader.count(message, 3) - (optLength > 0 ? 1 : 0);
        return new ResponseTail(
                MessageHeader.flags(message) & ~MessageHeader.QR,
                counts,
                Arrays.copyOfRange(message, start, end),
                optLength == 0
                        ? new byte[0]
                        : Arrays.copyOfRange(message, end + WireFormat.OPT_LENGTH, message.length));
    }
}
