package io.wgsd.members.signed;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/**
 * Records by name and type, in canonical order (RFC 4034, section 6): lists of signatures are divided by the type that
 * they cover. Several threads may read it while none adds to it.
 */
public final class RrsetMap {

    /** In the order in which names were added: in a zone that is in canonical order, which is then found at once. */
    private final Map<Name, Node> nodes = new LinkedHashMap<>();

    private volatile @Nullable List<Node> sorted;

    /** What is at a name. */
    record Node(
            Name name,
            NavigableMap<Integer, List<Record>> rrsets,
            NavigableMap<Integer, List<RRSIGRecord>> signatures) {

        Node(Name name) {
            this(name, new TreeMap<>(), new TreeMap<>());
        }
    }

    public RrsetMap(Collection<? extends Record> records) {
        records.forEach(this::add);
    }

    public void add(Record record) {
        Node node = nodes.get(record.getName());
        if (node == null) {
            node = new Node(record.getName());
            nodes.put(record.getName(), node);
            sorted = null;
        }
        if (record instanceof RRSIGRecord signature) {
            node.signatures()
                    .computeIfAbsent(signature.getTypeCovered(), type -> new ArrayList<>(1))
                    .add(signature);
        } else {
            node.rrsets()
                    .computeIfAbsent(record.getType(), type -> new ArrayList<>(1))
                    .add(record);
        }
    }

    /** Returns what there is at each name, in canonical order of the names. */
    List<Node> nodes() {
        List<Node> known = sorted;
        if (known == null) {
            known = nodes.values().stream()
                    .sorted(Comparator.comparing(Node::name))
                    .toList();
            sorted = known;
        }
        return known;
    }

    /** Returns the names that have records other than signatures, in canonical order. */
    public List<Name> names() {
        return nodes().stream()
                .filter(node -> !node.rrsets().isEmpty())
                .map(Node::name)
                .toList();
    }

    /** Returns the types at a name, other than signatures; none where there is no such name. */
    public List<Integer> types(Name name) {
        Node node = nodes.get(name);
        return node == null ? List.of() : List.copyOf(node.rrsets().keySet());
    }

    /** Returns an RRset; empty where there is none. */
    public List<Record> rrset(Name name, int type) {
        Node node = nodes.get(name);
        return node == null ? List.of() : node.rrsets().getOrDefault(type, List.of());
    }

    /** Returns all RRsets but signatures, in canonical order of names and types. */
    public List<List<Record>> rrsets() {
        return nodes().stream().flatMap(node -> node.rrsets().values().stream()).toList();
    }

    /** Returns the signatures of an RRset; empty where there are none. */
    public List<RRSIGRecord> signatures(Name name, int type) {
        Node node = nodes.get(name);
        return node == null ? List.of() : node.signatures().getOrDefault(type, List.of());
    }

    /** Compares sets of records, of which few have more than one. */
    public static boolean isSame(List<? extends Record> some, List<? extends Record> other) {
        return some.size() == other.size()
                && (some.size() == 1
                        ? some.get(0).getTTL() == other.get(0).getTTL()
                                && some.get(0).equals(other.get(0))
                        : ttls(some).equals(ttls(other)) && Set.copyOf(some).equals(Set.copyOf(other)));
    }

    private static Set<Long> ttls(List<? extends Record> records) {
        return records.stream().map(Record::getTTL).collect(Collectors.toSet());
    }

    /** Returns the zone of these records, to which nothing is added from now on. */
    public SignedZone toZone(Name origin) {
        return new SignedZone(
                origin,
                nodes().stream()
                        .map(node -> new SignedName(node.name(), node.rrsets(), node.signatures()))
                        .toList());
    }

    /** Returns all records: the origin's SOA, its other records, then all others; each RRset before its signatures. */
    public List<Record> records(Name origin) {
        List<Record> all = new ArrayList<>(rrset(origin, Type.SOA));
        all.addAll(signatures(origin, Type.SOA));
        for (Node node : nodes()) {
            node.rrsets().forEach((type, rrset) -> {
                if (type != Type.SOA || !node.name().equals(origin)) {
                    all.addAll(rrset);
                    all.addAll(node.signatures().getOrDefault(type, List.of()));
                }
            });
        }
        return all;
    }
}
