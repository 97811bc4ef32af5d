package io.wgsd.server.answer;

import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.dnssd.Serials;
import io.wgsd.dnssd.Zone;
import io.wgsd.server.transport.Protocol;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * Answers messages for one zone, as RFC 8906 asks: always, unless the answer would go to the wrong one or start a loop.
 *
 * <p>A pure function of what is handed in. Immutable and thread-safe.
 */
public final class Responder {

    /** The greatest datagram that is sent, and the one that is asked for (RFC 9715, section 3). */
    public static final int MAX_DATAGRAM = 1232;

    private static final int MIN_DATAGRAM = 512;
    private static final int MAX_MESSAGE = 65_535;
    private static final int EDNS_VERSION = 0;
    /** RFC 9824, section 3.4: a marker in signatures' bitmaps, never to be asked for. */
    private static final int NXNAME = 128;

    private static final int FIRST_META_TYPE = 128;
    private static final int LAST_META_TYPE = 255;
    private static final String SUBTYPES = "_sub";

    private final DnsSdNames names;

    /**
     * Makes a responder for a zone.
     *
     * @param names the zone's names
     */
    public Responder(DnsSdNames names) {
        this.names = names;
    }

    /**
     * Answers a message.
     *
     * @param message what was received, of any length and content
     * @param journal the zone as it is now, and its history; null while there is none
     * @param access what the asker may have, as far as it is known; until there is a zone it counts only for forged sources
     * @param protocol what carried the message
     * @return the response within the asker's and the protocol's limits, or silence
     */
    public Reply respond(byte[] message, @Nullable Journal journal, Access access, Protocol protocol) {
        if (access == Access.NOTHING) {
            return Reply.silence(Outcome.FORGED);
        }
        if (message.length < MessageHeader.LENGTH || MessageHeader.isResponse(message)) {
            return Reply.silence(Outcome.IGNORED);
        }
        if (MessageHeader.opcode(message) != Opcode.QUERY) {
            return new Reply(Outcome.NOT_IMPLEMENTED, headerOnly(message, Rcode.NOTIMP));
        }
        try {
            return respond(Request.parse(message), journal, access, protocol);
        } catch (MalformedRequestException e) {
            return new Reply(Outcome.MALFORMED, headerOnly(message, Rcode.FORMERR));
        }
    }

    /**
     * Answers a message that could not be answered for a fault of this program.
     *
     * @param message what was received
     * @return SERVFAIL, or silence
     */
    public static Reply failure(byte[] message) {
        return message.length < MessageHeader.LENGTH || MessageHeader.isResponse(message)
                ? Reply.silence(Outcome.IGNORED)
                : new Reply(Outcome.NOT_READY, headerOnly(message, Rcode.SERVFAIL));
    }

    private Reply respond(Request request, @Nullable Journal journal, Access access, Protocol protocol) {
        Edns edns = request.edns();
        if (edns != null && edns.version() != EDNS_VERSION) {
            return error(request, protocol, Outcome.BAD_VERSION, Rcode.BADVERS, null);
        }
        if (request.type() == Type.OPT || request.type() == NXNAME) {
            return error(request, protocol, Outcome.MALFORMED, Rcode.FORMERR, null);
        }
        if (journal == null) {
            return error(request, protocol, Outcome.NOT_READY, Rcode.SERVFAIL, ExtendedError.NOT_READY);
        }
        if (access == Access.REFUSAL) {
            return refusal(request, protocol, ExtendedError.PROHIBITED);
        }
        if (request.dclass() != DClass.IN || !request.name().subdomain(names.origin())) {
            return refusal(request, protocol, ExtendedError.NOT_AUTHORITATIVE);
        }
        if (request.type() == Type.AXFR || request.type() == Type.IXFR) {
            return access == Access.TRANSFER
                    ? transfer(request, journal, protocol)
                    : refusal(request, protocol, ExtendedError.NO_TRANSFER);
        }
        if (isMetaType(request.type())) {
            return error(request, protocol, Outcome.NOT_IMPLEMENTED, Rcode.NOTIMP, null);
        }
        if (access == Access.KNOWN_KEYS && enumerates(request)) {
            return refusal(request, protocol, ExtendedError.LIST_PROHIBITED);
        }
        Reply reply = answer(request, journal.zone(), protocol);
        return request.type() == Type.SOA && request.name().equals(names.origin()) ? reply.showingSerial() : reply;
    }

    /** Hands the zone over, or what changed since the asker's serial, or tells that nothing did. */
    private Reply transfer(Request request, Journal journal, Protocol protocol) {
        Zone zone = journal.zone();
        if (!request.name().equals(names.origin())) {
            return error(request, protocol, Outcome.REFUSED, Rcode.NOTAUTH, ExtendedError.NOT_AUTHORITATIVE);
        }
        OPTRecord opt = opt(request.edns(), Rcode.NOERROR, null);
        if (request.type() == Type.AXFR) {
            return protocol == Protocol.UDP
                    ? error(request, protocol, Outcome.MALFORMED, Rcode.FORMERR, null)
                    : Reply.transfer(Outcome.TRANSFERRED, new Transfer(request, opt, Transfer.whole(zone)));
        }
        Long serial = request.serial();
        if (serial == null) {
            return error(request, protocol, Outcome.MALFORMED, Rcode.FORMERR, null);
        }
        if (protocol == Protocol.UDP || !Serials.isGreater(zone.serial(), serial)) {
            // RFC 1995, section 2: the SOA alone says that nothing is newer, or by UDP that TCP is needed.
            return Reply.transfer(Outcome.ANSWERED, new Transfer(request, opt, Stream.of(zone.soa())));
        }
        List<Journal.Step> steps = journal.since(serial).orElse(null);
        return steps == null
                ? Reply.transfer(Outcome.TRANSFERRED, new Transfer(request, opt, Transfer.whole(zone)))
                : Reply.transfer(
                        Outcome.TRANSFERRED_CHANGES, new Transfer(request, opt, Transfer.incremental(zone, steps)));
    }

    /**
     * Returns whether a question's answer would tell of keys that it does not name.
     *
     * <p>Other types at the list's name have the usual negative answer, which resolvers that minimise names need (RFC 9156).
     * The lists of subtypes tell by their mere existence how keys begin.
     */
    private boolean enumerates(Request request) {
        Name services = names.services();
        Name name = request.name();
        if (!name.subdomain(services)) {
            return false;
        }
        int below = name.labels() - services.labels();
        if (below == 0) {
            return request.type() == Type.PTR || request.type() == Type.ANY;
        }
        return name.getLabelString(below - 1).equalsIgnoreCase(SUBTYPES);
    }

    private static Reply answer(Request request, Zone zone, Protocol protocol) {
        Lookup found = Lookup.of(zone, request.name(), request.type());
        ResponseWriter writer = writer(request, protocol, found.rcode(), null);
        int flags = MessageHeader.responseFlags(request.flags()) | MessageHeader.AA | found.rcode();
        for (List<Record> rrset : found.answer()) {
            if (!writer.add(Section.ANSWER, rrset)) {
                return new Reply(Outcome.TRUNCATED, writer.finish(flags | MessageHeader.TC));
            }
        }
        SOARecord soa = found.authority().orElse(null);
        if (soa != null) {
            boolean fits = writer.add(Section.AUTHORITY, List.of(soa));
            return new Reply(
                    found.rcode() == Rcode.NXDOMAIN ? Outcome.NAME_ERROR : Outcome.NO_DATA,
                    writer.finish(fits ? flags : flags | MessageHeader.TC));
        }
        for (List<Record> rrset : AdditionalRecords.of(zone, found.answer(), protocol)) {
            if (!writer.add(Section.ADDITIONAL, rrset)) {
                break;
            }
        }
        return new Reply(Outcome.ANSWERED, writer.finish(flags));
    }

    private static Reply refusal(Request request, Protocol protocol, ExtendedError why) {
        return error(request, protocol, Outcome.REFUSED, Rcode.REFUSED, why);
    }

    private static Reply error(
            Request request, Protocol protocol, Outcome outcome, int rcode, @Nullable ExtendedError why) {
        int flags = MessageHeader.responseFlags(request.flags()) | (rcode & 0xf);
        return new Reply(outcome, writer(request, protocol, rcode, why).finish(flags));
    }

    private static ResponseWriter writer(Request request, Protocol protocol, int rcode, @Nullable ExtendedError why) {
        Edns edns = request.edns();
        if (edns == null) {
            return new ResponseWriter(request, protocol == Protocol.TCP ? MAX_MESSAGE : MIN_DATAGRAM, null);
        }
        int limit = protocol == Protocol.TCP
                ? MAX_MESSAGE
                : Math.min(MAX_DATAGRAM, Math.max(MIN_DATAGRAM, edns.payloadSize()));
        return new ResponseWriter(request, limit, opt(edns, rcode, why));
    }

    private static @Nullable OPTRecord opt(@Nullable Edns edns, int rcode, @Nullable ExtendedError why) {
        return edns == null
                ? null
                : new OPTRecord(
                        MAX_DATAGRAM,
                        rcode >> 4,
                        EDNS_VERSION,
                        edns.dnssecOk() ? Edns.DNSSEC_OK : 0,
                        why == null ? List.of() : List.of(why.option()));
    }

    private static byte[] headerOnly(byte[] message, int rcode) {
        byte[] response = new byte[MessageHeader.LENGTH];
        int flags = MessageHeader.responseFlags(MessageHeader.flags(message)) | rcode;
        response[0] = message[0];
        response[1] = message[1];
        response[2] = (byte) (flags >> 8);
        response[3] = (byte) flags;
        return response;
    }

    private static boolean isMetaType(int type) {
        return type >= FIRST_META_TYPE && type <= LAST_META_TYPE && type != Type.ANY;
    }
}
