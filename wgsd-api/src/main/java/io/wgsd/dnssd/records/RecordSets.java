package io.wgsd.dnssd.records;

import io.wgsd.dnssd.ZoneNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;

/** Sorts records into RRsets and RRsets under names, and fills in the names between. */
public final class RecordSets {

    private final Map<Name, List<List<Record>>> sets = new HashMap<>();

    public void add(Record record) {
        find(record).add(record);
    }

    public Map<Name, ZoneNode> nodes(Name origin) {
        Map<Name, ZoneNode> nodes = new HashMap<>(2 * sets.size());
        sets.forEach((name, rrsets) -> {
            rrsets.sort(Comparator.comparingInt(rrset -> rrset.get(0).getType()));
            nodes.put(name, ZoneNode.of(name, rrsets));
        });
        for (Name name : sets.keySet()) {
            Name parent = name;
            while (parent.labels() > origin.labels() + 1) {
                parent = new Name(parent, 1);
                if (nodes.putIfAbsent(parent, ZoneNode.of(parent, List.of())) != null) {
                    break;
                }
            }
        }
        return nodes;
    }

    private List<Record> find(Record record) {
        List<List<Record>> rrsets = sets.computeIfAbsent(record.getName(), name -> new ArrayList<>(3));
        for (List<Record> rrset : rrsets) {
            if (rrset.get(0).getType() == record.getType()) {
                return rrset;
            }
        }
        List<Record> rrset = new ArrayList<>(1);
        rrsets.add(rrset);
        return rrset;
    }
}
