package io.wgsd.server.answer;

import io.wgsd.dnssd.Zone;
import io.wgsd.dnssd.ZoneNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Type;

/**
 * What a zone says to a question: the algorithm of RFC 1034, section 4.3.2, for a zone without delegations or wildcards.
 *
 * @param name the last name that was looked up
 * @param rcode NOERROR or NXDOMAIN, that of the last name where aliases were followed (RFC 6604)
 * @param answer the RRsets of the answer section: aliases as they were followed, then what was asked for
 * @param authority the SOA of a negative answer, with the TTL of RFC 2308, section 3; empty for a positive one
 */
record Lookup(Name name, int rcode, List<List<Record>> answer, Optional<SOARecord> authority) {

    /** The zone has aliases of one step; this only bounds what a zone of another making could do. */
    private static final int MAX_ALIASES = 8;

    /** RFC 8482, section 4.1: whoever asks for anything gets one RRset, and so rather a small one. */
    private static final Comparator<List<Record>> SMALLEST =
            Comparator.<List<Record>>comparingInt(Lookup::dataLength).thenComparingInt(Lookup::typeOf);

    static Lookup of(Zone zone, Name question, int type) {
        List<List<Record>> answer = new ArrayList<>();
        Name name = question;
        for (int aliases = 0; aliases < MAX_ALIASES; aliases++) {
            ZoneNode node = zone.find(name).orElse(null);
            if (node == null) {
                return negative(zone, name, Rcode.NXDOMAIN, answer);
            }
            List<Record> found = find(node, type);
            if (found.isEmpty()) {
                return negative(zone, name, Rcode.NOERROR, answer);
            }
            answer.add(found);
            if (typeOf(found) != Type.CNAME || type == Type.CNAME || type == Type.ANY) {
                break;
            }
            name = ((CNAMERecord) found.get(0)).getTarget();
            if (!name.subdomain(zone.origin())) {
                break;
            }
        }
        return new Lookup(name, Rcode.NOERROR, answer, Optional.empty());
    }

    private static List<Record> find(ZoneNode node, int type) {
        if (type == Type.ANY) {
            return node.rrsets().stream()
                    .filter(rrset -> typeOf(rrset) != Type.RRSIG && typeOf(rrset) != Type.NSEC)
                    .min(SMALLEST)
                    .orElse(List.of());
        }
        List<Record> found = node.rrset(type);
        return found.isEmpty() ? node.rrset(Type.CNAME) : found;
    }

    private static Lookup negative(Zone zone, Name name, int rcode, List<List<Record>> answer) {
        return new Lookup(name, rcode, answer, Optional.of(negativeSoa(zone)));
    }

    /** Returns a zone's SOA with the time for which an absence may be remembered (RFC 2308, section 3). */
    static SOARecord negativeSoa(Zone zone) {
        SOARecord soa = zone.soa();
        return new SOARecord(
                soa.getName(),
                DClass.IN,
                Math.min(soa.getTTL(), soa.getMinimum()),
                soa.getHost(),
                soa.getAdmin(),
                soa.getSerial(),
                soa.getRefresh(),
                soa.getRetry(),
                soa.getExpire(),
                soa.getMinimum());
    }

    private static int dataLength(List<Record> rrset) {
        return rrset.stream()
                .mapToInt(record -> record.rdataToWireCanonical().length)
                .sum();
    }

    private static int typeOf(List<Record> rrset) {
        return rrset.get(0).getType();
    }
}
