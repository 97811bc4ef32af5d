package io.wgsd.server.answer;

import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.dnssd.Zone;
import io.wgsd.model.Endpoint;
import io.wgsd.server.answer.wire.Edns;
import io.wgsd.server.answer.wire.ExtendedError;
import io.wgsd.server.answer.wire.MessageHeader;
import io.wgsd.server.answer.wire.Request;
import io.wgsd.server.answer.wire.ResponseWriter;
import io.wgsd.server.answer.wire.WireFormat;
import io.wgsd.server.zone.Freshness;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

/** Answers from a zone in wire form, for clients that may have it: a pure function. Thread-safe. */
public final class Answers {

    private static final long CANDIDATES_TTL = 1;

    private final DnsSdNames names;
    private final Name subtypes;

    public Answers(DnsSdNames names) {
        this.names = names;
        subtypes = new Name(names.subtype("a"), 1);
    }

    /**
     * Answers a question from a zone.
     *
     * @param form what the answer has to keep to
     * @param question what is asked, in the zone, and neither a transfer nor a meta type
     * @param zone the zone as it is for the client
     * @param freshness how well it shows what is so now; not {@link Freshness#EXPIRED}
     */
    public Response of(ResponseForm form, Request.Question question, Zone zone, Freshness freshness) {
        ZoneLookup found = ZoneLookup.of(zone, question.name(), question.type());
        ResponseWriter writer = form.writer(found.rcode(), remark(question, zone, found, freshness));
        int flags = MessageHeader.responseFlags(form.request().flags()) | MessageHeader.AA | found.rcode();
        Edns edns = form.request().edns();
        boolean withProofs = edns != null && edns.dnssecOk() && zone.isSigned();
        UnaryOperator<List<Record>> whole = withProofs ? rrset -> Proofs.signed(zone, rrset) : rrset -> rrset;
        List<Record> answer = found.answer().isEmpty() ? found.answer() : whole.apply(found.answer());
        // Software without EDNS may not come again by TCP either, as avahi does not: some of a list is better than
        // nothing.
        boolean fits = (edns == null && question.type() == Type.PTR)
                ? writer.addSome(Section.ANSWER, answer)
                : writer.add(Section.ANSWER, answer);
        if (!fits) {
            return new Response(Outcome.TRUNCATED, writer.finish(flags | MessageHeader.TC));
        }
        SOARecord soa = found.authority().orElse(null);
        if (soa != null) {
            fits = writer.add(Section.AUTHORITY, whole.apply(List.of(soa)));
            for (List<Record> proof : withProofs ? Proofs.of(zone, found) : List.<List<Record>>of()) {
                fits = fits && writer.add(Section.AUTHORITY, proof);
            }
            return new Response(
                    found.rcode() == Rcode.NXDOMAIN ? Outcome.NAME_ERROR : Outcome.NO_DATA,
                    writer.finish(fits ? flags : flags | MessageHeader.TC));
        }
        AdditionalRecords.add(
                zone,
                found.answer(),
                rrset -> writer.length() < WireFormat.POINTER_REACH
                        && writer.add(Section.ADDITIONAL, whole.apply(rrset)));
        return new Response(Outcome.ANSWERED, writer.finish(flags));
    }

    /**
     * Answers with a peer's candidates, which are in no zone and never signed.
     *
     * @param form what the answer has to keep to
     * @param question what is asked
     * @param candidates where else the peer may be, at least one
     */
    Response ofCandidates(ResponseForm form, Request.Question question, List<Endpoint> candidates) {
        ResponseWriter writer = form.writer(Rcode.NOERROR, null);
        int flags = MessageHeader.responseFlags(form.request().flags()) | MessageHeader.AA;
        Record text = new TXTRecord(
                question.name(),
                DClass.IN,
                CANDIDATES_TTL,
                candidates.stream().map(Endpoint::toString).toList());
        boolean fits = writer.add(Section.ANSWER, List.of(text));
        return new Response(
                fits ? Outcome.ANSWERED : Outcome.TRUNCATED, writer.finish(fits ? flags : flags | MessageHeader.TC));
    }

    /**
     * Says what is wrong with an answer although it is the best there is: that it is old, or a list that is not all.
     */
    @Nullable
    public ExtendedError remark(Request.Question question, Zone zone, ZoneLookup found, Freshness freshness) {
        if (freshness == Freshness.STALE) {
            return found.rcode() == Rcode.NXDOMAIN ? ExtendedError.STALE_ABSENCE : ExtendedError.STALE;
        }
        return question.type() == Type.PTR
                        && question.name().equals(names.services())
                        && !found.answer().isEmpty()
                        && zone.find(subtypes).isPresent()
                ? ExtendedError.LIST_CUT
                : null;
    }
}
