package io.wgsd.server.answer;

import io.wgsd.dnssd.Zone;
import io.wgsd.dnssd.ZoneNode;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Type;

/**
 * What a zone says to a question: the algorithm of RFC 1034, section 4.3.2, for a zone without delegations, wildcards
 * or aliases.
 *
 * @param name what was looked up
 * @param rcode NOERROR or NXDOMAIN
 * @param answer the RRset that was asked for; empty where there is none
 * @param authority the SOA of a negative answer, with the TTL of RFC 2308, section 3; empty for a positive one
 */
public record ZoneLookup(Name name, int rcode, List<Record> answer, Optional<SOARecord> authority) {

    /** RFC 8482, section 4.1: a query for ANY gets one RRset; a small one is best. */
    private static final Comparator<List<Record>> SMALLEST =
            Comparator.<List<Record>>comparingInt(ZoneLookup::dataLength).thenComparingInt(ZoneLookup::typeOf);

    public static ZoneLookup of(Zone zone, Name name, int type) {
        ZoneNode node = zone.find(name).orElse(null);
        List<Record> found = node == null ? List.of() : find(node, type);
        return found.isEmpty()
                ? new ZoneLookup(
                        name, node == null ? Rcode.NXDOMAIN : Rcode.NOERROR, List.of(), Optional.of(negativeSoa(zone)))
                : new ZoneLookup(name, Rcode.NOERROR, found, Optional.empty());
    }

    private static List<Record> find(ZoneNode node, int type) {
        return type != Type.ANY
                ? node.rrset(type)
                : node.rrsets().stream()
                        .filter(rrset -> typeOf(rrset) != Type.RRSIG && typeOf(rrset) != Type.NSEC)
                        .min(SMALLEST)
                        .orElse(List.of());
    }

    /** Returns a zone's SOA with the time for which an absence may be remembered (RFC 2308, section 3). */
    public static SOARecord negativeSoa(Zone zone) {
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
