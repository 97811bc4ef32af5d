package io.wgsd.dnssd;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRset;
import org.xbill.DNS.Record;

/** Sorts records into RRsets and RRsets under names, and fills in the names between. */
final class RecordSets {

    private final Map<Name, List<RRset>> sets = new HashMap<>();

    void add(Record record) {
        RRset rrset = find(record);
        if (rrset == null) {
            sets.computeIfAbsent(record.getName(), name -> new ArrayList<>(2)).add(new RRset(record));
        } else {
            rrset.addRR(record);
        }
    }

    /** Adds the first record of a set that must not be there yet. */
    void addNew(Record record) {
        if (find(record) != null) {
            throw new IllegalArgumentException("two advertisements have the name " + record.getName());
        }
        add(record);
    }

    Map<Name, ZoneNode> nodes(Name origin, Record soa) {
        add(soa);
        Map<Name, ZoneNode> nodes = new HashMap<>(2 * sets.size());
        sets.forEach((name, rrsets) -> {
            rrsets.sort(Comparator.comparingInt(RRset::getType));
            nodes.put(name, new ZoneNode(name, rrsets));
        });
        for (Name name : sets.keySet()) {
            Name parent = name;
            while (parent.labels() > origin.labels() + 1) {
                parent = new Name(parent, 1);
                if (nodes.putIfAbsent(parent, new ZoneNode(parent, List.of())) != null) {
                    break;
                }
            }
        }
        return nodes;
    }

    private @Nullable RRset find(Record record) {
        for (RRset rrset : sets.getOrDefault(record.getName(), List.of())) {
            if (rrset.getType() == record.getType()) {
                return rrset;
            }
        }
        return null;
    }
}
