package io.wgsd.dnssd;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRset;
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
        collect(earlier, later, removed);
        collect(later, earlier, added);
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

    /** Adds the records of {@code zone} that {@code other} does not have with the same TTL. */
    private static void collect(Zone zone, Zone other, List<Record> missing) {
        TreeMap<Name, ZoneNode> sorted = new TreeMap<>();
        for (ZoneNode node : zone.nodes()) {
            ZoneNode there = other.find(node.name()).orElse(null);
            if (node != there) {
                sorted.put(node.name(), node);
            }
        }
        for (ZoneNode node : sorted.values()) {
            for (RRset rrset : node.rrsets()) {
                if (rrset.getType() != Type.SOA) {
                    List<Record> there = other.find(node.name())
                            .flatMap(found -> found.rrset(rrset.getType()))
                            .map(found -> found.rrs(false))
                            .orElse(List.of());
                    rrset.rrs(false).stream()
                            .filter(record -> there.stream().noneMatch(same -> isSame(record, same)))
                            .forEach(missing::add);
                }
            }
        }
    }

    private static boolean isSame(Record one, Record other) {
        return one.getTTL() == other.getTTL() && one.equals(other);
    }
}
