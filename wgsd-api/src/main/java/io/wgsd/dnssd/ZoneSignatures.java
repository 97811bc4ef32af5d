package io.wgsd.dnssd;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.xbill.DNS.Name;

/**
 * What a signed zone knows of its signatures, so that the next one need not look at each. Immutable.
 *
 * @param chain the names that have NSEC records, in their order
 * @param empty the names that have no records at all
 * @param own the names that belong to no peer
 * @param records how many records there are
 * @param from since when all signatures are valid
 * @param until when the first must be renewed, at the earliest
 */
@SuppressWarnings("ArrayRecordComponent") // never handed out, and too large to be copied
record ZoneSignatures(Name[] chain, List<ZoneNode> empty, List<Name> own, long records, Instant from, Instant until) {

    /** Returns what there is to know of a zone that was signed elsewhere, of which no name belongs to a peer. */
    static ZoneSignatures of(Collection<ZoneNode> nodes) {
        Name[] chain = nodes.stream()
                .filter(node -> !node.rrsets().isEmpty())
                .map(ZoneNode::name)
                .sorted()
                .toArray(Name[]::new);
        List<ZoneNode> empty =
                nodes.stream().filter(node -> node.rrsets().isEmpty()).toList();
        return new ZoneSignatures(
                chain, empty, nodes.stream().map(ZoneNode::name).toList(), records(nodes), Instant.MIN, Instant.MAX);
    }

    static long records(Collection<ZoneNode> nodes) {
        long records = 0;
        for (ZoneNode node : nodes) {
            for (List<?> rrset : node.rrsets()) {
                records += rrset.size();
            }
        }
        return records;
    }
}
