package io.wgsd.dnssd;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/**
 * What changed between two versions of a zone, the SOA aside: the step from one serial to the next (RFC 1995).
 *
 * <p>Immutable and thread-safe.
 *
 * @param removed records that only the earlier version has, in the canonical order of their names
 * @param added records that only the later version has, in the same order
 */
public record ZoneDiff(List<Record> removed, List<Record> added) {

    /**
     * Makes a difference of copies of these lists.
     *
     * @param removed records that only the earlier version has
     * @param added records that only the later version has
     */
    public ZoneDiff {
        removed = List.copyOf(removed);
        added = List.copyOf(added);
    }

    /**
     * Returns the difference of two versions of a zone.
     *
     * @param earlier the version that is replaced
     * @param later the version that replaces it
     * @return the difference
     */
    public static ZoneDiff between(Zone earlier, Zone later) {
        List<Record> removed = new ArrayList<>();
        List<Record> added = new ArrayList<>();
        for (Name name : Zone.differingNames(earlier, later)) {
            collect(earlier, later, name, removed);
            collect(later, earlier, name, added);
        }
        return new ZoneDiff(removed, added);
    }

    /**
     * Returns whether both versions have the same records, the SOA aside.
     *
     * @return whether nothing changed
     */
    public boolean isEmpty() {
        return removed.isEmpty() && added.isEmpty();
    }

    /** Adds the records at a name that only one zone has with the same TTL. */
    private static void collect(Zone zone, Zone other, Name name, List<Record> missing) {
        ZoneNode node = zone.find(name).orElse(null);
        ZoneNode there = other.find(name).orElse(null);
        if (node == null || node == there) {
            return;
        }
        for (List<Record> rrset : node.rrsets()) {
            int type = rrset.get(0).getType();
            if (type != Type.SOA) {
                addMissing(rrset, there == null ? List.of() : there.rrset(type), missing);
            }
        }
    }

    private static void addMissing(List<Record> rrset, List<Record> there, List<Record> missing) {
        // Text form tells records apart cheaply; the library's own equality writes both in wire form each time.
        Set<String> known = there.stream().map(ZoneDiff::identity).collect(Collectors.toSet());
        rrset.stream().filter(record -> !known.contains(identity(record))).forEach(missing::add);
    }

    private static String identity(Record record) {
        return record.getTTL() + " " + record.rdataToString();
    }
}
