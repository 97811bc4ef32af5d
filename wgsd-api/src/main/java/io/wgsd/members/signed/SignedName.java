package io.wgsd.members.signed;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/**
 * What a zone has at one name: RRsets by their type, and signatures by the type that they cover. Its canonical form is
 * made once. Immutable and thread-safe.
 */
public final class SignedName {

    private final Name name;
    private final NavigableMap<Integer, List<Record>> rrsets;
    private final NavigableMap<Integer, List<RRSIGRecord>> signatures;
    private final Instant validFrom;
    private final Instant validUntil;
    private final int size;
    private byte @Nullable [] canonical;

    @SuppressWarnings("ArrayRecordComponent") // never compared or handed out
    private record Wire(byte[] data, Record record) {}

    /** Takes over these maps, which nobody changes from now on. */
    SignedName(
            Name name,
            NavigableMap<Integer, List<Record>> rrsets,
            NavigableMap<Integer, List<RRSIGRecord>> signatures) {
        this.name = name;
        this.rrsets = rrsets;
        this.signatures = signatures;
        size = lists().mapToInt(List::size).sum();
        validFrom = allSignatures()
                .map(RRSIGRecord::getTimeSigned)
                .max(Comparator.naturalOrder())
                .orElse(Instant.MIN);
        validUntil = allSignatures()
                .map(RRSIGRecord::getExpire)
                .min(Comparator.naturalOrder())
                .orElse(Instant.MAX);
    }

    /** Divides the records of a name by their types. */
    static SignedName of(Name name, Iterable<? extends Record> records) {
        NavigableMap<Integer, List<Record>> rrsets = new TreeMap<>();
        NavigableMap<Integer, List<RRSIGRecord>> signatures = new TreeMap<>();
        for (Record record : records) {
            if (record instanceof RRSIGRecord signature) {
                signatures
                        .computeIfAbsent(signature.getTypeCovered(), type -> new ArrayList<>(1))
                        .add(signature);
            } else {
                rrsets.computeIfAbsent(record.getType(), type -> new ArrayList<>(1))
                        .add(record);
            }
        }
        return new SignedName(name, rrsets, signatures);
    }

    public Name name() {
        return name;
    }

    boolean isEmpty() {
        return rrsets.isEmpty() && signatures.isEmpty();
    }

    /** Returns how many records there are. */
    int size() {
        return size;
    }

    /** Returns the RRsets by their types, in ascending order. */
    public NavigableMap<Integer, List<Record>> rrsets() {
        return rrsets;
    }

    /** Returns the signatures by the types that they cover, in ascending order. */
    public NavigableMap<Integer, List<RRSIGRecord>> signatures() {
        return signatures;
    }

    /** Returns an RRset; empty where there is none. */
    public List<Record> rrset(int type) {
        return rrsets.getOrDefault(type, List.of());
    }

    /** Returns the signatures of an RRset; empty where there are none. */
    public List<RRSIGRecord> signatures(int type) {
        return signatures.getOrDefault(type, List.of());
    }

    /** Returns all signatures. */
    public Stream<RRSIGRecord> allSignatures() {
        return signatures.values().stream().flatMap(List::stream);
    }

    /** Returns all RRsets, and the lists of all their signatures. */
    public Stream<List<? extends Record>> lists() {
        return Stream.concat(rrsets.values().stream(), signatures.values().stream());
    }

    /** Returns all records, each RRset before its signatures. */
    public Stream<Record> records() {
        return Stream.concat(
                rrsets.keySet().stream()
                        .flatMap(type -> Stream.concat(rrset(type).stream(), signatures(type).stream())),
                signatures.entrySet().stream()
                        .filter(entry -> !rrsets.containsKey(entry.getKey()))
                        .flatMap(entry -> entry.getValue().stream()));
    }

    /** Returns whether both have the same RRset with the same signatures. */
    public boolean hasSame(SignedName other, int type) {
        return RrsetMap.isSame(rrset(type), other.rrset(type))
                && RrsetMap.isSame(signatures(type), other.signatures(type));
    }

    /** Returns the latest inception of the signatures; the distant past where there are none. */
    Instant validFrom() {
        return validFrom;
    }

    /** Returns the earliest expiration of the signatures; the distant future where there are none. */
    Instant validUntil() {
        return validUntil;
    }

    /** Returns all records in canonical order and form, one after the other (RFC 8976, section 3.3.2). */
    // What two threads make at the same time is the same.
    byte[] canonical() {
        byte[] known = canonical;
        if (known == null) {
            known = canonical(-1);
            canonical = known;
        }
        return known;
    }

    /** Returns the same without the RRset of a type and its signatures. */
    byte[] canonical(int except) {
        ByteArrayOutputStream wire = new ByteArrayOutputStream(256);
        rrsets.headMap(Type.RRSIG, false).forEach((type, rrset) -> {
            if (type != except) {
                write(wire, rrset);
            }
        });
        write(
                wire,
                allSignatures().filter(each -> each.getTypeCovered() != except).toList());
        rrsets.tailMap(Type.RRSIG, false).forEach((type, rrset) -> {
            if (type != except) {
                write(wire, rrset);
            }
        });
        return wire.toByteArray();
    }

    private static void write(ByteArrayOutputStream wire, List<? extends Record> rrset) {
        if (rrset.size() == 1) {
            wire.writeBytes(rrset.get(0).toWireCanonical());
            return;
        }
        rrset.stream()
                .map(record -> new Wire(record.rdataToWireCanonical(), record))
                .sorted(Comparator.comparing(Wire::data, Arrays::compareUnsigned))
                .forEach(each -> wire.writeBytes(each.record().toWireCanonical()));
    }
}
