package io.wgsd.dnssd;

import java.util.List;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/**
 * A name that exists in a zone, with its RRsets; one without any is an empty non-terminal (RFC 8020).
 *
 * <p>Immutable and thread-safe.
 */
public final class ZoneNode {

    private final Name name;
    // Plain lists: adding to the library's RRset compares with every record that is there.
    private final List<List<Record>> rrsets;

    private ZoneNode(Name name, List<List<Record>> rrsets) {
        this.name = name;
        this.rrsets = rrsets;
    }

    /**
     * Returns a node.
     *
     * @param name the name
     * @param rrsets the records of each type, in ascending order of the types; no list empty, all records of that name
     * @return the node
     */
    public static ZoneNode of(Name name, List<List<Record>> rrsets) {
        return new ZoneNode(name, rrsets.stream().map(List::copyOf).toList());
    }

    /**
     * Returns the node's name.
     *
     * @return the name as the zone writes it, in lower case except for the origin
     */
    public Name name() {
        return name;
    }

    /**
     * Returns all RRsets of the name.
     *
     * @return the records of each type, in ascending order of the types; no list is empty
     */
    public List<List<Record>> rrsets() {
        return rrsets;
    }

    /**
     * Returns the RRset of one type.
     *
     * @param type as in {@link org.xbill.DNS.Type}
     * @return the records in the zone's order; empty where the name has none of that type
     */
    public List<Record> rrset(int type) {
        for (List<Record> rrset : rrsets) {
            if (rrset.get(0).getType() == type) {
                return rrset;
            }
        }
        return List.of();
    }

    /**
     * Returns the signatures of one type's RRset.
     *
     * @param type as in {@link org.xbill.DNS.Type}
     * @return one for each key of the zone; empty where the zone is not signed
     */
    public List<Record> signatures(int type) {
        List<Record> all = rrset(Type.RRSIG);
        return all.isEmpty()
                ? all
                : all.stream()
                        .filter(record -> ((RRSIGRecord) record).getTypeCovered() == type)
                        .toList();
    }

    @Override
    public String toString() {
        return rrsets.isEmpty() ? name + " (empty)" : rrsets.toString();
    }
}
