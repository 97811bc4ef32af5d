package io.wgsd.server.answer;

import io.wgsd.dnssd.Zone;
import io.wgsd.server.transport.Protocol;
import java.util.ArrayList;
import java.util.List;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.Type;

/**
 * What an asker will want next (RFC 6763, section 12), in the order in which it is worth its room.
 *
 * <p>With a service instance go its address and then its TXT: the first additional record must be the address, for there
 * the original client takes it from. With a list over UDP go the instances, as far as they fit; a list that needs TCP is
 * so long that most of its readers want few of them, and none go along.
 */
final class AdditionalRecords {

    private AdditionalRecords() {}

    static List<List<Record>> of(Zone zone, List<List<Record>> answer, Protocol protocol) {
        List<List<Record>> additional = new ArrayList<>();
        for (List<Record> rrset : answer) {
            for (Record record : rrset) {
                if (record instanceof SRVRecord srv) {
                    addInstance(zone, srv, additional);
                } else if (record instanceof NSRecord ns) {
                    addAddresses(zone, ns.getTarget(), additional);
                } else if (record instanceof PTRRecord ptr && protocol == Protocol.UDP) {
                    addListed(zone, ptr.getTarget(), additional);
                }
            }
        }
        return additional;
    }

    private static void addListed(Zone zone, Name instance, List<List<Record>> additional) {
        List<Record> found = rrset(zone, instance, Type.SRV);
        addUnlessEmpty(found, additional);
        for (Record srv : found) {
            addInstance(zone, (SRVRecord) srv, additional);
        }
    }

    private static void addInstance(Zone zone, SRVRecord srv, List<List<Record>> additional) {
        addAddresses(zone, srv.getTarget(), additional);
        addUnlessEmpty(rrset(zone, srv.getName(), Type.TXT), additional);
    }

    private static void addAddresses(Zone zone, Name host, List<List<Record>> additional) {
        addUnlessEmpty(rrset(zone, host, Type.A), additional);
        addUnlessEmpty(rrset(zone, host, Type.AAAA), additional);
    }

    private static void addUnlessEmpty(List<Record> rrset, List<List<Record>> additional) {
        if (!rrset.isEmpty()) {
            additional.add(rrset);
        }
    }

    private static List<Record> rrset(Zone zone, Name name, int type) {
        return zone.find(name).map(node -> node.rrset(type)).orElse(List.of());
    }
}
