package io.wgsd.server.answer;

import io.wgsd.dnssd.Zone;
import io.wgsd.dnssd.ZoneNode;
import io.wgsd.server.transport.Protocol;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * The answers at a name that belongs to the zone itself: for each type there, one for askers with EDNS and one for those
 * without, who take less. Immutable and thread-safe.
 */
final class OwnAnswers {

    private static final Edns PLAIN_EDNS = new Edns(Responder.MAX_DATAGRAM, 0, false, null, false);

    private final byte[] name;
    private final boolean lists;
    private final int[] types;
    private final Tail[] plain;
    private final Tail[] withEdns;

    private OwnAnswers(byte[] name, boolean lists, int[] types, Tail[] plain, Tail[] withEdns) {
        this.name = name;
        this.lists = lists;
        this.types = types;
        this.plain = plain;
        this.withEdns = withEdns;
    }

    static OwnAnswers of(Zone zone, ZoneNode node) {
        Answers answers = new Answers(zone.options().names());
        List<Integer> types = new ArrayList<>();
        List<Tail> plain = new ArrayList<>();
        List<Tail> withEdns = new ArrayList<>();
        for (List<Record> rrset : node.rrsets()) {
            int type = rrset.get(0).getType();
            // Who asks for the SOA learns a serial, which is noted elsewhere.
            if (type != Type.SOA) {
                types.add(type);
                plain.add(tail(answers, zone, node.name(), type, null));
                withEdns.add(tail(answers, zone, node.name(), type, PLAIN_EDNS));
            }
        }
        return new OwnAnswers(
                LetterCase.lower(node.name()),
                node.name().equals(zone.options().names().services()),
                types.stream().mapToInt(Integer::intValue).toArray(),
                plain.toArray(Tail[]::new),
                withEdns.toArray(Tail[]::new));
    }

    boolean hasName(UsualRequest request) {
        return request.nameLength() == name.length && request.endsWith(name);
    }

    int nameHash(long seed) {
        return LetterCase.hash(name, 0, name.length, seed);
    }

    int answer(UsualRequest request, boolean mayList, byte[] response) {
        for (int i = 0; i < types.length; i++) {
            if (types[i] == request.type()) {
                Tail tail = request.edns() ? withEdns[i] : plain[i];
                return lists && !mayList
                        ? QuickAnswers.NONE
                        : request.respond(
                                tail.outcome(),
                                tail.flags(),
                                tail.counts(),
                                tail.bytes(),
                                0,
                                tail.bytes().length,
                                tail.options(),
                                response);
            }
        }
        return QuickAnswers.NONE;
    }

    private static Tail tail(Answers answers, Zone zone, Name name, int type, @Nullable Edns edns) {
        Request.Question question = new Request.Question(name, type, DClass.IN);
        Request request = new Request(0, 0, question, edns, null, false);
        ResponseForm form = new ResponseForm(request, Protocol.UDP, Integer.MAX_VALUE, 0, List.of());
        Reply reply = answers.of(form, question, zone, Freshness.FRESH);
        OPTRecord opt = form.opt(0, answers.remark(question, zone, Lookup.of(zone, name, type), Freshness.FRESH));
        return Tail.of(reply, name.length() + 4, opt == null ? 0 : opt.toWire(Section.ADDITIONAL).length);
    }
}
