package io.wgsd.server.answer.quick;

import io.wgsd.dnssd.Zone;
import io.wgsd.dnssd.ZoneNode;
import io.wgsd.server.answer.Answers;
import io.wgsd.server.answer.wire.Edns;
import io.wgsd.server.answer.wire.LetterCase;
import io.wgsd.server.answer.wire.UsualRequest;
import io.wgsd.server.answer.wire.WireFormat;
import java.util.ArrayList;
import java.util.List;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/**
 * The answers at a name that belongs to the zone itself: for each type there, one for clients with EDNS and one for
 * those without, who take less. Immutable and thread-safe.
 */
final class OwnAnswers {

    private static final Edns PLAIN_EDNS =
            new Edns(WireFormat.MAX_UDP_RESPONSE, WireFormat.EDNS_VERSION, false, null, false);

    private final byte[] name;
    private final boolean lists;
    private final int[] types;
    private final ResponseTail[] plain;
    private final ResponseTail[] withEdns;

    private OwnAnswers(byte[] name, boolean lists, int[] types, ResponseTail[] plain, ResponseTail[] withEdns) {
        this.name = name;
        this.lists = lists;
        this.types = types;
        this.plain = plain;
        this.withEdns = withEdns;
    }

    static OwnAnswers of(Zone zone, ZoneNode node) {
        Answers answers = new Answers(zone.options().names());
        List<Integer> types = new ArrayList<>();
        List<ResponseTail> plain = new ArrayList<>();
        List<ResponseTail> withEdns = new ArrayList<>();
        for (List<Record> rrset : node.rrsets()) {
            int type = rrset.get(0).getType();
            // A client that asks for the SOA learns a serial, which is noted elsewhere.
            if (type != Type.SOA) {
                types.add(type);
                plain.add(ResponseTail.of(answers, zone, node.name(), type, null));
                withEdns.add(ResponseTail.of(answers, zone, node.name(), type, PLAIN_EDNS));
            }
        }
        return new OwnAnswers(
                LetterCase.lower(node.name()),
                node.name().equals(zone.options().names().services()),
                types.stream().mapToInt(Integer::intValue).toArray(),
                plain.toArray(ResponseTail[]::new),
                withEdns.toArray(ResponseTail[]::new));
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
                ResponseTail tail = request.edns() ? withEdns[i] : plain[i];
                return lists && !mayList
                        ? QuickAnswers.NONE
                        : request.respond(
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
}
