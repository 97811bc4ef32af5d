package io.wgsd.publish;

import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.model.PublicKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.xbill.DNS.Name;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.TXTRecord;

/**
 * What the primary has of peers and leases, as far as it is known here.
 *
 * @param serial the zone's serial when it was read
 * @param peers the peers, by key
 * @param leases the registries' marks
 * @param browsing what browsers begin with, as far as it is there
 */
record KnownZone(long serial, Map<PublicKey, PublishedPeer> peers, Leases leases, List<Record> browsing) {

    KnownZone {
        peers = Map.copyOf(peers);
        browsing = List.copyOf(browsing);
    }

    KnownZone withPeers(Map<PublicKey, PublishedPeer> changed) {
        return new KnownZone(serial, changed, leases, browsing);
    }

    KnownZone withLeases(Leases changed) {
        return new KnownZone(serial, peers, changed, browsing);
    }

    KnownZone withBrowsing(List<Record> changed) {
        return new KnownZone(serial, peers, leases, changed);
    }

    /** Returns whether a record tells browsers what there is to browse (RFC 6763, sections 9 and 11). */
    static boolean isForBrowsing(DnsSdNames names, Record record) {
        Name name = record.getName();
        int labels = names.origin().labels() + 3;
        return record instanceof PTRRecord
                && name.labels() == labels
                && name.subdomain(names.origin())
                && name.getLabelString(1).equalsIgnoreCase("_dns-sd");
    }

    /** Keeps what matters of a transfer, record by record, so that a large zone of others takes no memory. */
    static final class Reader {

        private final DnsSdNames names;
        private final Stream.Builder<Record> ofPeers = Stream.builder();
        private final Map<String, TXTRecord> leases = new HashMap<>();
        private final List<Record> browsing = new ArrayList<>();
        private long serial;

        Reader(DnsSdNames names) {
            this.names = names;
        }

        void accept(Record record) {
            if (record instanceof SOARecord soa) {
                serial = soa.getSerial();
            } else if (PublishedPeer.concerns(names, record)) {
                ofPeers.add(record);
            } else if (isForBrowsing(names, record)) {
                browsing.add(record);
            } else {
                Leases.registry(names, record).ifPresent(registry -> leases.put(registry, (TXTRecord) record));
            }
        }

        KnownZone zone() {
            return new KnownZone(serial, PublishedPeer.of(names, ofPeers.build()), new Leases(leases), browsing);
        }
    }
}
