package io.wgsd.members.signed;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/**
 * Records by name and type, in canonical order (RFC 4034, section 6): lists of signatures are divided by the type that
 * they cover.
 */
public final class RrsetMap {

    private final NavigableMap<Name, NavigableMap<Integer, List<Record>>> rrsets = new TreeMap<>();
    private final NavigableMap<Name, NavigableMap<Integer, List<RRSIGRecord>>> signatures = new TreeMap<>();

    public RrsetMap(Collection<? extends Record> records) {
        records.forEach(this::add);
    }

    public void add(Record record) {
        if (record instanceof RRSIGRecord signature) {
            signatures
                    .computeIfAbsent(record.getName(), name -> new TreeMap<>())
                    .computeIfAbsent(signature.getTypeCovered(), type -> new ArrayList<>(1))
                    .add(signature);
        } else {
            rrsets.computeIfAbsent(record.getName(), name -> new TreeMap<>())
                    .computeIfAbsent(record.getType(), type -> new ArrayList<>(1))
                    .add(record);
        }
    }

    /** Returns the names that have records other than signatures, in canonical order. */
    public List<Name> names() {
        return List.copyOf(rrsets.keySet());
    }

    /** Returns the types at a name, other than signatures; none where there is no such name. */
    public List<Integer> types(Name name) {
        return List.copyOf(rrsets.getOrDefault(name, new TreeMap<>()).keySet());
    }

    /** Returns an RRset; empty where there is none. */
    public List<Record> rrset(Name name, int type) {
        Map<Integer, List<Record>> types = rrsets.get(name);
        return types == null ? List.of() : types.getOrDefault(type, List.of());
    }

    /** Returns all RRsets but signatures, in canonical order of names and types. */
    public List<List<Record>> rrsets() {
        return rrsets.values().stream()
                .flatMap(types -> types.values().stream())
                .toList();
    }

    /** Returns the signatures of an RRset; empty where there are none. */
    public List<RRSIGRecord> signatures(Name name, int type) {
        Map<Integer, List<RRSIGRecord>> types = signatures.get(name);
        return types == null ? List.of() : types.getOrDefault(type, List.of());
    }

    /** Returns all signatures. */
    public Stream<RRSIGRecord> signatures() {
        return signatures.values().stream()
                .flatMap(types -> types.values().stream())
                .flatMap(List::stream);
    }

    /** Returns all records: the origin's SOA, its other records, then all others; each RRset before its signatures. */
    public List<Record> records(Name origin) {
        List<Record> all = new ArrayList<>(rrset(origin, Type.SOA));
        all.addAll(signatures(origin, Type.SOA));
        rrsets.forEach((name, types) -> types.forEach((type, rrset) -> {
            if (type != Type.SOA || !name.equals(origin)) {
                all.addAll(rrset);
                all.addAll(signatures(name, type));
            }
        }));
        return all;
    }
}
