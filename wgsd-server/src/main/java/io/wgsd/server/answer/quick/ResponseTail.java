package io.wgsd.server.answer.quick;

import io.wgsd.dnssd.Zone;
import io.wgsd.server.answer.Answers;
import io.wgsd.server.answer.Response;
import io.wgsd.server.answer.ResponseForm;
import io.wgsd.server.answer.ZoneLookup;
import io.wgsd.server.answer.wire.Edns;
import io.wgsd.server.answer.wire.MessageHeader;
import io.wgsd.server.answer.wire.Request;
import io.wgsd.server.answer.wire.WireFormat;
import io.wgsd.server.transport.Protocol;
import io.wgsd.server.zone.Freshness;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Section;

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

    /**
     * Makes the tail of the answer to a question.
     *
     * @param name what is asked, in the zone, in lower case
     * @param type the type, neither a transfer nor a meta type
     * @param edns what the client says of itself; null for one without EDNS
     */
    static ResponseTail of(Answers answers, Zone zone, Name name, int type, @Nullable Edns edns) {
        Request.Question question = new Request.Question(name, type, DClass.IN);
        Request request = new Request(0, 0, question, edns, null, false);
        ResponseForm form = new ResponseForm(request, Protocol.UDP, Integer.MAX_VALUE, 0, List.of());
        Response response = answers.of(form, question, zone, Freshness.FRESH);
        OPTRecord opt = form.opt(0, answers.remark(question, zone, ZoneLookup.of(zone, name, type), Freshness.FRESH));
        return of(
                response,
                name.length() + WireFormat.QUESTION_FIXED,
                opt == null ? 0 : opt.toWire(Section.ADDITIONAL).length);
    }

    /** Takes the tail of a whole response, with an OPT record at its end where there are options. */
    private static ResponseTail of(Response response, int questionLength, int optLength) {
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
