package io.wgsd.server.answer;

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
 * @param most how long an answer may be at most for who may not have asked
 * @param reserved how many bytes are kept for what is put behind the answer
 * @param options what every answer tells in its OPT record
 */
record ResponseForm(Request request, Protocol protocol, int most, int reserved, List<EDNSOption> options) {

    static final int EDNS_VERSION = 0;

    private static final int MIN_DATAGRAM = 512;
    private static final int MAX_MESSAGE = 65_535;
    /** Type and class. */
    private static final int QUESTION_FIXED = 4;
    /** An OPT record without options (RFC 6891, section 6.1.2). */
    private static final int OPT_FIXED = 11;

    /** Returns the greatest length of a message. */
    int limit() {
        if (protocol == Protocol.TCP) {
            return MAX_MESSAGE - reserved;
        }
        Edns edns = request.edns();
        int asked = edns == null ? MIN_DATAGRAM : Math.max(MIN_DATAGRAM, edns.payloadSize());
        return Math.min(most, Math.min(Responder.MAX_DATAGRAM, asked)) - reserved;
    }

    ResponseWriter writer(int rcode, @Nullable ExtendedError why) {
        return new ResponseWriter(request, limit(), opt(rcode, why));
    }

    @Nullable
    OPTRecord opt(int rcode, @Nullable ExtendedError why) {
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
        int flags = edns.dnssecOk() ? Edns.DNSSEC_OK : 0;
        return new OPTRecord(Responder.MAX_DATAGRAM, rcode >> 4, EDNS_VERSION, flags, all);
    }

    /** Returns how long a response is that has nothing but the question and these options. */
    private int length(List<EDNSOption> some) {
        Request.Question question = request.question();
        int asked = question == null ? 0 : question.name().length() + QUESTION_FIXED;
        return MessageHeader.LENGTH
                + asked
                + OPT_FIXED
                + some.stream().mapToInt(option -> option.toWire().length).sum();
    }

    Reply error(Outcome outcome, int rcode, @Nullable ExtendedError why) {
        return empty(outcome, rcode, 0, why);
    }

    Reply empty(Outcome outcome, int rcode, int moreFlags, @Nullable ExtendedError why) {
        int flags = MessageHeader.responseFlags(request.flags()) | moreFlags | (rcode & 0xf);
        return new Reply(outcome, writer(rcode, why).finish(flags));
    }
}
