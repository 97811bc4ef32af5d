package io.wgsd.server.answer;

import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.dnssd.Serials;
import io.wgsd.dnssd.Zone;
import io.wgsd.model.Endpoint;
import io.wgsd.server.answer.access.Access;
import io.wgsd.server.answer.access.Cookies;
import io.wgsd.server.answer.access.Grant;
import io.wgsd.server.answer.access.RateLimiter;
import io.wgsd.server.answer.access.TsigVerifier;
import io.wgsd.server.answer.access.VerifiedSignature;
import io.wgsd.server.answer.wire.Edns;
import io.wgsd.server.answer.wire.ExtendedError;
import io.wgsd.server.answer.wire.MalformedRequestException;
import io.wgsd.server.answer.wire.MessageHeader;
import io.wgsd.server.answer.wire.Request;
import io.wgsd.server.answer.wire.WireFormat;
import io.wgsd.server.transport.Protocol;
import io.wgsd.server.transport.QuerySource;
import io.wgsd.server.zone.Freshness;
import io.wgsd.server.zone.Journal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DClass;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.GenericEDNSOption;
import org.xbill.DNS.NSIDOption;
import org.xbill.DNS.Name;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/**
 * Answers messages for one zone, as RFC 8906 asks: always, unless the answer would go to the wrong one or start a loop.
 *
 * <p>A pure function of what is handed in, except for the counting of the limiter. Thread-safe.
 */
public final class Responder {

    /**
     * How many times as long as the question an answer may be where nothing proves who asked (as in RFC 9000, section
     * 8).
     */
    private static final int MOST_AMPLIFIED = 3;

    /** RFC 9824, section 3.4: a marker in signatures' bitmaps, never to be asked for. */
    private static final int NXNAME = 128;

    private final DnsSdNames names;
    private final Answers answers;
    private final TsigVerifier tsigVerifier;
    private final Cookies cookies;
    private final RateLimiter limiter;
    private final List<EDNSOption> identity;
    private final Optional<Runnable> onNotify;

    /**
     * Makes a responder for a zone.
     *
     * @param names the zone's names
     * @param tsigVerifier verifies signed requests
     * @param cookies what makes and knows cookies
     * @param limiter what limits answers to addresses that nothing vouches for
     * @param identity which server this is (RFC 5001), empty for no answer to that
     * @param onNotify what runs on NOTIFY from one who may transfer the zone; empty where NOTIFY means nothing here
     */
    public Responder(
            DnsSdNames names,
            TsigVerifier tsigVerifier,
            Cookies cookies,
            RateLimiter limiter,
            byte[] identity,
            Optional<Runnable> onNotify) {
        this.names = names;
        answers = new Answers(names);
        this.tsigVerifier = tsigVerifier;
        this.cookies = cookies;
        this.limiter = limiter;
        this.identity = identity.length == 0 ? List.of() : List.of(new NSIDOption(identity.clone()));
        this.onNotify = onNotify;
    }

    /**
     * Answers a message.
     *
     * @param message what was received, of any length and content
     * @param served the zone to answer from; null while there is no zone
     * @param grant what the client may have by its address, as far as it is known; until there is a zone it counts only
     *     for forged sources
     * @param source the client that asks
     * @return the response within the client's and the protocol's limits, or silence
     */
    public Response respond(byte[] message, @Nullable ServedZone served, Grant grant, QuerySource source) {
        if (grant.access() == Access.NOTHING) {
            return Response.silence(Outcome.FORGED);
        }
        if (message.length < WireFormat.HEADER_LENGTH || MessageHeader.isResponse(message)) {
            return Response.silence(Outcome.IGNORED);
        }
        int opcode = MessageHeader.opcode(message);
        if (opcode != Opcode.QUERY && (opcode != Opcode.NOTIFY || onNotify.isEmpty())) {
            return error(Outcome.NOT_IMPLEMENTED, message, Rcode.NOTIMP, grant, source);
        }
        try {
            return respond(message, Request.parse(message), served, grant, source);
        } catch (MalformedRequestException e) {
            return error(Outcome.MALFORMED, message, Rcode.FORMERR, grant, source);
        }
    }

    /** Answers with a header alone, of which nothing can be cut: what is too much is dropped. */
    private Response error(Outcome outcome, byte[] message, int rcode, Grant grant, QuerySource source) {
        return isVouchedFor(grant, source) || limiter.judge(source.address()) == RateLimiter.Verdict.SEND
                ? new Response(outcome, headerOnly(message, rcode))
                : Response.silence(Outcome.LIMITED);
    }

    /** Returns whether answers go to the client that asks, as far as is known without a look into the message. */
    private boolean isVouchedFor(Grant grant, QuerySource source) {
        return !limiter.isOn() || grant.known() || source.protocol() == Protocol.TCP;
    }

    /** Returns whether answers to addresses that nothing vouches for are limited. */
    public boolean limits() {
        return limiter.isOn();
    }

    private Response respond(
            byte[] message, Request request, @Nullable ServedZone served, Grant grant, QuerySource source)
            throws MalformedRequestException {
        VerifiedSignature signature = request.signed() ? tsigVerifier.verify(message) : null;
        boolean signed = signature != null && signature.isGood();
        boolean vouched = signed || isVouchedFor(grant, source) || hasGoodCookie(request, source);
        ResponseForm form = new ResponseForm(
                request,
                source.protocol(),
                vouched ? Integer.MAX_VALUE : MOST_AMPLIFIED * message.length,
                signature == null ? 0 : signature.room(),
                options(request.edns(), source));
        if (signature != null
                && !form.writer(Rcode.NOERROR, ExtendedError.LIST_CUT).fits()) {
            throw new MalformedRequestException("names so long that no signed answer fits");
        }
        if (!vouched) {
            RateLimiter.Verdict verdict = limiter.judge(source.address());
            if (verdict != RateLimiter.Verdict.SEND) {
                return limited(form, verdict);
            }
        }
        if (signature == null) {
            return respond(form, served, grant);
        }
        Response response = signed
                ? respond(form, served, grant.withKey(signature.access()))
                : form.error(Outcome.BAD_SIGNATURE, Rcode.NOTAUTH, null).because(signature.problem());
        Response signedResponse = response.map(signature.signer());
        return signed ? signedResponse.toHolderOf(signature.tsig().getName()) : signedResponse;
    }

    private boolean hasGoodCookie(Request request, QuerySource source) {
        Edns edns = request.edns();
        byte[] cookie = edns == null ? null : edns.cookie();
        return cookie != null && cookies.isGood(cookie, source.address());
    }

    private List<EDNSOption> options(@Nullable Edns edns, QuerySource source) {
        byte[] cookie = edns == null ? null : edns.cookie();
        boolean tellsWho = edns != null && edns.asksWho();
        if (cookie == null) {
            return tellsWho ? identity : List.of();
        }
        List<EDNSOption> options = new ArrayList<>(tellsWho ? identity : List.of());
        options.add(new GenericEDNSOption(EDNSOption.Code.COOKIE, cookies.make(cookie, source.address())));
        return options;
    }

    /** Lets who really asks come again, with the cookie that goes along, or by TCP (RFC 7873, section 5.2.3). */
    private static Response limited(ResponseForm form, RateLimiter.Verdict verdict) {
        if (verdict == RateLimiter.Verdict.DROP) {
            return Response.silence(Outcome.LIMITED);
        }
        Edns edns = form.request().edns();
        return edns != null && edns.cookie() != null
                ? form.error(Outcome.PUT_OFF, Rcode.BADCOOKIE, null)
                : form.empty(Outcome.PUT_OFF, Rcode.NOERROR, MessageHeader.TC, null);
    }

    /**
     * Answers a message that could not be answered for a fault of this program.
     *
     * @param message what was received
     * @param grant what the client may have by its address
     * @param source the client that asks
     * @return SERVFAIL, or silence
     */
    public Response failure(byte[] message, Grant grant, QuerySource source) {
        return message.length < WireFormat.HEADER_LENGTH || MessageHeader.isResponse(message)
                ? Response.silence(Outcome.IGNORED)
                : error(Outcome.NOT_READY, message, Rcode.SERVFAIL, grant, source);
    }

    private Response respond(ResponseForm form, @Nullable ServedZone served, Grant grant) {
        Edns edns = form.request().edns();
        if (edns != null && edns.version() != WireFormat.EDNS_VERSION) {
            return form.error(Outcome.BAD_VERSION, Rcode.BADVERS, null);
        }
        Request.Question question = form.request().question();
        if (question == null) {
            return form.error(Outcome.COOKIE, Rcode.NOERROR, null);
        }
        if (MessageHeader.opcode(form.request().flags()) == Opcode.NOTIFY) {
            return notified(form, question, grant);
        }
        if (question.type() == Type.OPT || question.type() == NXNAME) {
            return form.error(Outcome.MALFORMED, Rcode.FORMERR, null);
        }
        if (served == null) {
            return form.error(Outcome.NOT_READY, Rcode.SERVFAIL, ExtendedError.NOT_READY);
        }
        if (served.freshness() == Freshness.EXPIRED) {
            return form.error(Outcome.NOT_READY, Rcode.SERVFAIL, ExtendedError.EXPIRED);
        }
        Access access = grant.access();
        if (access == Access.REFUSAL) {
            return refusal(form, ExtendedError.PROHIBITED);
        }
        if (question.dclass() != DClass.IN || !question.name().subdomain(names.origin())) {
            return refusal(form, ExtendedError.NOT_AUTHORITATIVE);
        }
        ServedMembers members = served.members();
        if (members != null && members.concerns(question.name(), question.type())) {
            return respond(form, question, members, grant);
        }
        Journal journal = served.views().of(grant);
        if (question.type() == Type.AXFR || question.type() == Type.IXFR) {
            return access == Access.TRANSFER
                    ? transfer(form, question, names.origin(), journal)
                    : refusal(form, ExtendedError.NO_TRANSFER);
        }
        if (isMetaType(question.type())) {
            return form.error(Outcome.NOT_IMPLEMENTED, Rcode.NOTIMP, null);
        }
        if (access == Access.KNOWN_KEYS && enumerates(question)) {
            return refusal(form, ExtendedError.LIST_PROHIBITED);
        }
        List<Endpoint> candidates = candidates(question, journal.zone(), served, grant);
        if (!candidates.isEmpty()) {
            return answers.ofCandidates(form, question, candidates);
        }
        Response response = answers.of(form, question, journal.zone(), served.freshness());
        return question.type() == Type.SOA && question.name().equals(names.origin())
                ? response.showing(journal.zone().serial())
                : response;
    }

    /** Answers from the zone of the members, which is for these and for holders of a key. */
    private Response respond(ResponseForm form, Request.Question question, ServedMembers members, Grant grant) {
        boolean transfer = question.type() == Type.AXFR || question.type() == Type.IXFR;
        Journal journal = members.journal().orElse(null);
        if (journal == null) {
            return form.error(Outcome.NOT_READY, Rcode.SERVFAIL, ExtendedError.NOT_READY);
        }
        if (!members.allows(grant, transfer)) {
            return refusal(form, transfer ? ExtendedError.NO_TRANSFER : ExtendedError.PROHIBITED);
        }
        if (transfer) {
            return transfer(form, question, members.origin(), journal);
        }
        return isMetaType(question.type())
                ? form.error(Outcome.NOT_IMPLEMENTED, Rcode.NOTIMP, null)
                : answers.of(form, question, journal.zone(), Freshness.FRESH);
    }

    /** Candidates are for peers that may see the peer, and for nobody else; to all others the name does not exist. */
    private List<Endpoint> candidates(Request.Question question, Zone zone, ServedZone served, Grant grant) {
        boolean concerned = question.type() == Type.TXT || question.type() == Type.ANY;
        if (!concerned || grant.peer() == null || grant.access() != Access.EVERYTHING) {
            return List.of();
        }
        return names.candidatesKey(question.name())
                .filter(key -> zone.find(names.instance(key)).isPresent())
                .map(served.candidates())
                .orElse(List.of());
    }

    /** Takes word that another server's zone of the same name has changed (RFC 1996, section 4.7). */
    private Response notified(ResponseForm form, Request.Question question, Grant grant) {
        if (grant.access() != Access.TRANSFER) {
            return refusal(form, ExtendedError.PROHIBITED);
        }
        if (question.type() != Type.SOA || !question.name().equals(names.origin())) {
            return form.error(Outcome.REFUSED, Rcode.NOTAUTH, ExtendedError.NOT_AUTHORITATIVE);
        }
        onNotify.ifPresent(Runnable::run);
        return form.empty(Outcome.NOTIFIED, Rcode.NOERROR, MessageHeader.AA, null);
    }

    /** Hands the zone over, or what changed since the client's serial, or reports that nothing did. */
    private Response transfer(ResponseForm form, Request.Question question, Name origin, Journal journal) {
        // A serial stands for one content, so that what follows from it leads to the next.
        Zone zone = journal.numbered();
        if (!question.name().equals(origin)) {
            return form.error(Outcome.REFUSED, Rcode.NOTAUTH, ExtendedError.NOT_AUTHORITATIVE);
        }
        boolean overUdp = form.protocol() == Protocol.UDP;
        if (question.type() == Type.AXFR) {
            return overUdp
                    ? form.error(Outcome.MALFORMED, Rcode.FORMERR, null)
                    : transfer(form, zone, Outcome.TRANSFERRED, Transfer.whole(zone));
        }
        Long serial = form.request().serial();
        if (serial == null) {
            return form.error(Outcome.MALFORMED, Rcode.FORMERR, null);
        }
        if (overUdp || !Serials.isGreater(zone.serial(), serial)) {
            // RFC 1995, section 2: the SOA alone says that nothing is newer, or by UDP that TCP is needed.
            return transfer(form, zone, Outcome.ANSWERED, Stream.of(zone.soa()));
        }
        List<Journal.Step> steps = journal.since(serial).orElse(null);
        return steps == null
                ? transfer(form, zone, Outcome.TRANSFERRED, Transfer.whole(zone))
                : transfer(form, zone, Outcome.TRANSFERRED_CHANGES, Transfer.incremental(zone, steps));
    }

    private static Response transfer(ResponseForm form, Zone zone, Outcome outcome, Stream<? extends Record> records) {
        return Response.transfer(outcome, new Transfer(form, records), zone.serial());
    }

    /**
     * Returns whether the answer would show keys that the question does not name.
     *
     * <p>Other types at the list's name have the usual negative answer, which resolvers that minimise names need (RFC
     * 9156). That a list of subtypes exists already shows how keys begin.
     */
    private boolean enumerates(Request.Question question) {
        Name name = question.name();
        if (name.equals(names.services())) {
            return question.type() == Type.PTR || question.type() == Type.ANY;
        }
        return name.subdomain(names.subtypes());
    }

    private static Response refusal(ResponseForm form, ExtendedError why) {
        return form.error(Outcome.REFUSED, Rcode.REFUSED, why);
    }

    private static byte[] headerOnly(byte[] message, int rcode) {
        byte[] response = new byte[WireFormat.HEADER_LENGTH];
        int flags = MessageHeader.responseFlags(MessageHeader.flags(message)) | rcode;
        response[0] = message[0];
        response[1] = message[1];
        response[2] = (byte) (flags >> 8);
        response[3] = (byte) flags;
        return response;
    }

    private static boolean isMetaType(int type) {
        return type >= WireFormat.FIRST_META_TYPE && type <= WireFormat.LAST_META_TYPE && type != Type.ANY;
    }
}
