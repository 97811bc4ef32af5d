package io.wgsd.server.answer;

import io.wgsd.server.answer.wire.Edns;
import io.wgsd.server.answer.wire.ExtendedError;
import io.wgsd.server.answer.wire.MessageHeader;
import io.wgsd.server.answer.wire.Request;
import io.wgsd.server.answer.wire.ResponseWriter;
import io.wgsd.server.answer.wire.WireFormat;
import io.wgsd.server.transport.Protocol;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.OPTRecord;

/**
 * What all that may be said to one request has in common: how long it may be, and what its OPT record holds.
 *
 * @param request what is answered
 * @param protocol what carries the answer
 * @param most how long an answer may be at most for an address that may not have asked
 * @param reserved how many bytes are kept for what is put behind the answer
 * @param options what every answer tells in its OPT record
 */
public record ResponseForm(Request request, Protocol protocol, int most, int reserved, List<EDNSOption> options) {

    /** Returns the greatest length of a message. */
    int limit() {
        if (protocol == Protocol.TCP) {
            return WireFormat.MAX_MESSAGE - reserved;
        }
        Edns edns = request.edns();
        int asked = edns == null ? WireFormat.MAX_PLAIN_UDP : Math.max(WireFormat.MAX_PLAIN_UDP, edns.payloadSize());
        return Math.min(most, Math.min(WireFormat.MAX_UDP_RESPONSE, asked)) - reserved;
    }

    ResponseWriter writer(int rcode, @Nullable ExtendedError why) {
        return new ResponseWriter(request, limit(), opt(rcode, why));
    }

    @Nullable
    public OPTRecord opt(int rcode, @Nullable ExtendedError why) {
        Edns edns = request.edns();
        if (edns == null) {
            return null;
        }
        List<EDNSOption> all = new ArrayList<>(options);
        if (why != null) {
            all.add(why.option());
        }
        // The words go first, then the name of this server; a cookie has room in any case.
        for (int code : new int[] {EDNSOption.Code.EDNS_EXTENDED_ERROR, EDNSOption.Code.NSID}) {
            if (length(all) > limit()) {
                all.removeIf(option -> option.getCode() == code);
            }
        }
        int flags = edns.dnssecOk() ? WireFormat.DNSSEC_OK : 0;
        return new OPTRecord(WireFormat.MAX_UDP_RESPONSE, rcode >> 4, WireFormat.EDNS_VERSION, flags, all);
    }

    /** Returns how long a response is that has nothing but the question and these options. */
    private int length(List<EDNSOption> some) {
        Request.Question question = request.question();
        int asked = question == null ? 0 : question.name().length() + WireFormat.QUESTION_FIXED;
        return WireFormat.HEADER_LENGTH
                + asked
                + WireFormat.OPT_LENGTH
                + some.stream().mapToInt(option -> option.toWire().length).sum();
    }

    Response error(Outcome outcome, int rcode, @Nullable ExtendedError why) {
        Response response = empty(outcome, rcode, 0, why);
        return why == null ? response : response.because(why.text());
    }

    Response empty(Outcome outcome, int rcode, int moreFlags, @Nullable ExtendedError why) {
        int flags = MessageHeader.responseFlags(request.flags()) | moreFlags | (rcode & 0xf);
        return new Response(outcome, writer(rcode, why).finish(flags));
    }
}
