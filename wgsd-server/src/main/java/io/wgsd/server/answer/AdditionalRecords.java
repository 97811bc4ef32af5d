package io.wgsd.server.answer;

import io.wgsd.dnssd.Zone;
import java.util.List;
import java.util.function.Predicate;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.Type;

/**
 * What a client will want next (RFC 6763, section 12), in the order in which it is worth its room.
 *
 * <p>With a service instance go its address and then its TXT: the first additional record must be the address, for
 * there the original client takes it from. With a list go the instances, as far as they fit, so that one question
 * brings a small network.
 */
final class AdditionalRecords {

    private final Zone zone;
    private final Predicate<List<Record>> sink;

    private AdditionalRecords(Zone zone, Predicate<List<Record>> sink) {
        this.zone = zone;
        this.sink = sink;
    }

    /**
     * Hands over what goes along with an answer.
     *
     * @param zone what is answered from
     * @param answer the RRset that was asked for
     * @param sink takes an RRset, and returns false once it takes no more
     */
    static void add(Zone zone, List<Record> answer, Predicate<List<Record>> sink) {
        AdditionalRecords additional = new AdditionalRecords(zone, sink);
        for (Record record : answer) {
            if (!additional.addFor(record)) {
                break;
            }
        }
    }

    private boolean addFor(Record record) {
        if (record instanceof SRVRecord srv) {
            return addInstance(srv);
        }
        if (record instanceof NSRecord ns) {
            return addAddresses(ns.getTarget());
        }
        return !(record instanceof PTRRecord ptr) || addListed(ptr.getTarget());
    }

    private boolean addListed(Name instance) {
        List<Record> found = rrset(instance, Type.SRV);
        boolean fits = addUnlessEmpty(found);
        for (Record srv : found) {
            fits = fits && addInstance((SRVRecord) srv);
        }
        return fits;
    }

    private boolean addInstance(SRVRecord srv) {
        return addAddresses(srv.getTarget()) && addUnlessEmpty(rrset(srv.getName(), Type.TXT));
    }

    private boolean addAddresses(Name host) {
        return addUnlessEmpty(rrset(host, Type.A)) && addUnlessEmpty(rrset(host, Type.AAAA));
    }

    private boolean addUnlessEmpty(List<Record> rrset) {
        return rrset.isEmpty() || sink.test(rrset);
    }

    private List<Record> rrset(Name name, int type) {
        return zone.find(name).map(node -> node.rrset(type)).orElse(List.of());
    }
}
