package io.wgsd.members.signed;

import io.wgsd.dnssd.ZoneDiff;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/**
 * All records of a zone by their names, in canonical order (RFC 4034, section 6.1).
 *
 * <p>The zone that follows it shares with it what has not changed, canonical forms included. Immutable and thread-safe.
 */
public final class SignedZone {

    private final Name origin;
    private final List<SignedName> names;
    private final SignedName apex;

    /** Makes a zone of names in canonical order. */
    SignedZone(Name origin, List<SignedName> names) {
        this.origin = origin;
        this.names = names;
        int at = find(origin);
        apex = at < 0 ? SignedName.of(origin, List.of()) : names.get(at);
    }

    /**
     * The zone that follows another one.
     *
     * @param zone the zone
     * @param touched the names that have changed or are gone, as they are now
     * @param links the places of those names whose NSEC record may be another one: those that have changed, and each one
     *     before a name that has changed or is gone
     */
    public record Next(SignedZone zone, List<SignedName> touched, Set<Integer> links) {}

    /** Returns the zone with the difference to the one that follows it; what does not fit is passed over, as in a set. */
    public Next with(ZoneDiff change) {
        NavigableMap<Name, List<Record>> contents = new TreeMap<>();
        change.removed()
                .forEach(record -> contents.computeIfAbsent(record.getName(), this::content)
                        .remove(record));
        for (Record record : change.added()) {
            List<Record> content = contents.computeIfAbsent(record.getName(), this::content);
            if (!content.contains(record)) {
                content.add(record);
            }
        }
        List<SignedName> touched = new ArrayList<>(contents.size());
        List<SignedName> next = new ArrayList<>(names.size() + contents.size());
        Set<Integer> links = new TreeSet<>();
        int taken = 0;
        for (Map.Entry<Name, List<Record>> entry : contents.entrySet()) {
            int at = find(entry.getKey());
            int before = at < 0 ? -at - 1 : at;
            next.addAll(names.subList(taken, before));
            taken = at < 0 ? before : before + 1;
            SignedName name = SignedName.of(entry.getKey(), entry.getValue());
            touched.add(name);
            links.add(next.size() - 1);
            if (!name.isEmpty()) {
                links.add(next.size());
                next.add(name);
            }
        }
        next.addAll(names.subList(taken, names.size()));
        // The last name leads to the first.
        if (links.remove(-1) && !next.isEmpty()) {
            links.add(next.size() - 1);
        }
        return new Next(new SignedZone(origin, next), touched, links);
    }

    private List<Record> content(Name name) {
        return new ArrayList<>(at(name).records().toList());
    }

    private int find(Name name) {
        int low = 0;
        int high = names.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = names.get(middle).name().compareTo(name);
            if (order == 0) {
                return middle;
            }
            low = order < 0 ? middle + 1 : low;
            high = order < 0 ? high : middle - 1;
        }
        return -low - 1;
    }

    public Name origin() {
        return origin;
    }

    /** Returns what there is at each name, in canonical order of the names. */
    public List<SignedName> names() {
        return Collections.unmodifiableList(names);
    }

    /** Returns how many records there are. */
    public int size() {
        int size = 0;
        for (SignedName name : names) {
            size += name.size();
        }
        return size;
    }

    /** Returns what there is at the origin, which may be nothing. */
    public SignedName apex() {
        return apex;
    }

    /** Returns what there is at a name, which may be nothing. */
    public SignedName at(Name name) {
        int at = find(name);
        return at < 0 ? SignedName.of(name, List.of()) : names.get(at);
    }

    /** Returns the name after one that the zone has; after the last one that is the first. */
    public Name after(Name name) {
        return names.get((find(name) + 1) % names.size()).name();
    }

    /** Returns all RRsets but signatures, in canonical order of names and types. */
    public List<List<Record>> rrsets() {
        return names.stream().flatMap(name -> name.rrsets().values().stream()).toList();
    }

    /** Returns the latest inception of all signatures. */
    public Instant validFrom() {
        Instant latest = Instant.MIN;
        for (SignedName name : names) {
            latest = name.validFrom().isAfter(latest) ? name.validFrom() : latest;
        }
        return latest;
    }

    /** Returns the earliest expiration of all signatures. */
    public Instant validUntil() {
        Instant earliest = Instant.MAX;
        for (SignedName name : names) {
            earliest = name.validUntil().isBefore(earliest) ? name.validUntil() : earliest;
        }
        return earliest;
    }

    /** Returns all records: the origin's SOA, its other records, then all others; each RRset before its signatures. */
    public List<Record> records() {
        Stream<Record> soa = Stream.concat(apex.rrset(Type.SOA).stream(), apex.signatures(Type.SOA).stream());
        Stream<Record> others = names.stream().flatMap(name -> name == apex ? withoutSoa() : name.records());
        return Stream.concat(soa, others).toList();
    }

    private Stream<Record> withoutSoa() {
        return apex.records().filter(record -> record.getRRsetType() != Type.SOA);
    }
}
