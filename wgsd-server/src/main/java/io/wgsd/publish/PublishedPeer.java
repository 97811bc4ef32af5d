package io.wgsd.publish;

import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.internal.Base32Keys;
import io.wgsd.model.PublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

/**
 * All that a zone says of one peer: the lists that it is on, and the RRsets at its own names.
 *
 * <p>Addresses at service instances are no part of it: name servers refuse them, since {@code =} is no character of
 * host names. Immutable.
 *
 * @param lists a PTR for each list
 * @param own SRV and TXT of the service instance, with padding and without, and the addresses of the host
 */
record PublishedPeer(List<Record> lists, List<Record> own) {

    static final PublishedPeer ABSENT = new PublishedPeer(List.of(), List.of());

    private static final String BY = "by=";
    private static final String SINCE = "since=";

    PublishedPeer {
        lists = List.copyOf(lists);
        own = List.copyOf(own);
    }

    /** Picks what is of peers out of any records, as a transfer of somebody's whole zone has them. */
    static Map<PublicKey, PublishedPeer> of(DnsSdNames names, Stream<Record> records) {
        Map<PublicKey, List<Record>> lists = new HashMap<>();
        Map<PublicKey, List<Record>> own = new HashMap<>();
        records.forEach(record -> {
            if (record instanceof PTRRecord ptr) {
                listed(names, ptr).ifPresent(key -> add(lists, key, record));
            } else {
                owner(names, record).ifPresent(key -> add(own, key, record));
            }
        });
        return Stream.concat(lists.keySet().stream(), own.keySet().stream())
                .distinct()
                .collect(Collectors.toMap(
                        key -> key,
                        key -> new PublishedPeer(
                                lists.getOrDefault(key, List.of()), own.getOrDefault(key, List.of()))));
    }

    /** Returns whether a record is of a peer. */
    static boolean concerns(DnsSdNames names, Record record) {
        return (record instanceof PTRRecord ptr ? listed(names, ptr) : owner(names, record)).isPresent();
    }

    /** The names and types of a peer that are read and written. */
    static List<Slot> slots(DnsSdNames names, PublicKey key) {
        return List.of(
                new Slot(names.instance(key), Type.SRV),
                new Slot(names.instance(key), Type.TXT),
                new Slot(names.host(key), Type.A),
                new Slot(names.host(key), Type.AAAA),
                new Slot(names.unpadded(key), Type.SRV),
                new Slot(names.unpadded(key), Type.TXT),
                // What an earlier version wrote there, which is taken away.
                new Slot(names.unpadded(key), Type.CNAME));
    }

    /** The names and types of a relay that are read and written; no peer has the key of a relay. */
    private static List<Slot> relaySlots(DnsSdNames names, PublicKey key) {
        return List.of(
                new Slot(names.relay(key), Type.SRV),
                new Slot(names.relay(key), Type.TXT),
                new Slot(names.host(key), Type.A),
                new Slot(names.host(key), Type.AAAA));
    }

    /** Returns where records of this or another state of the same peer or relay may be. */
    List<Slot> slots(DnsSdNames names, PublicKey key, PublishedPeer other) {
        return isRelay(names) || other.isRelay(names) ? relaySlots(names, key) : slots(names, key);
    }

    private boolean isRelay(DnsSdNames names) {
        return own.stream().anyMatch(record -> names.relayKey(record.getName()).isPresent());
    }

    /** Where one RRset is. */
    record Slot(Name name, int type) {}

    List<Record> rrset(Slot slot) {
        return own.stream()
                .filter(record ->
                        record.getType() == slot.type() && record.getName().equals(slot.name()))
                .toList();
    }

    boolean isAbsent() {
        return lists.isEmpty() && own.isEmpty();
    }

    /** Returns which registry has written it; empty where none has, or the records do not say. */
    Optional<String> writtenBy() {
        return text(BY);
    }

    /** Returns since when its registry has seen it there; one that does not say, or says the future, is oldest. */
    Instant since(Instant now) {
        return text(SINCE)
                .filter(digits -> digits.matches("[0-9]{1,11}"))
                .map(digits -> Instant.ofEpochSecond(Long.parseLong(digits)))
                .filter(since -> !since.isAfter(now))
                .orElse(Instant.MIN);
    }

    /** Returns whether both say the same of where the peer is reached. */
    boolean hasEndpointOf(PublishedPeer other) {
        return sameData(endpoint(), other.endpoint());
    }

    /** Returns the same, as written by a registry. */
    PublishedPeer by(String registry) {
        return withText(BY, BY + registry);
    }

    /** Returns the same, with the time that another has. */
    PublishedPeer sinceOf(PublishedPeer other) {
        return withText(SINCE, other.text(SINCE).map(SINCE::concat).orElse(null));
    }

    /** Returns the host's addresses and the SRV of the name with padding, which every version writes. */
    private List<Record> endpoint() {
        return own.stream()
                .filter(record -> record.getType() == Type.A
                        || record.getType() == Type.AAAA
                        || (record.getType() == Type.SRV
                                && record.getName().getLabel(0)[0] == Base32Keys.PADDED_LENGTH))
                .toList();
    }

    private Optional<String> text(String name) {
        return own.stream()
                .filter(TXTRecord.class::isInstance)
                .flatMap(record -> ((TXTRecord) record).getStrings().stream())
                .filter(string -> string.startsWith(name))
                .map(string -> string.substring(name.length()))
                .findFirst();
    }

    private PublishedPeer withText(String name, @Nullable String string) {
        return new PublishedPeer(
                lists,
                own.stream()
                        .map(record -> record instanceof TXTRecord txt ? withText(txt, name, string) : record)
                        .toList());
    }

    /** Replaces the string of the same name by another, so that equal texts stay equal. */
    private static Record withText(TXTRecord txt, String name, @Nullable String string) {
        List<String> strings = new ArrayList<>();
        boolean placed = string == null;
        for (String each : txt.getStrings()) {
            if (!each.startsWith(name)) {
                strings.add(each);
            } else if (!placed) {
                strings.add(Objects.requireNonNull(string));
                placed = true;
            }
        }
        if (!placed) {
            strings.add(Objects.requireNonNull(string));
        }
        return new TXTRecord(txt.getName(), txt.getDClass(), txt.getTTL(), strings);
    }

    /** Returns whether two lists have the same records, regardless of their order and TTLs. */
    static boolean sameData(List<Record> some, List<Record> others) {
        return some.size() == others.size() && others.containsAll(some);
    }

    /** Returns which peer or relay a list names, if it is one. */
    private static Optional<PublicKey> listed(DnsSdNames names, PTRRecord ptr) {
        if (ptr.getName().equals(names.relays())) {
            return names.relayKey(ptr.getTarget());
        }
        return names.isList(ptr.getName())
                ? names.key(ptr.getTarget()).filter(key -> ptr.getTarget().equals(names.instance(key)))
                : Optional.empty();
    }

    /** Returns at which peer's or relay's name a record is, if it is of a type that these have. */
    private static Optional<PublicKey> owner(DnsSdNames names, Record record) {
        Slot slot = new Slot(record.getName(), record.getType());
        return names.key(record.getName())
                .filter(key -> slots(names, key).contains(slot))
                .or(() -> names.relayKey(record.getName())
                        .filter(key -> relaySlots(names, key).contains(slot)));
    }

    private static void add(Map<PublicKey, List<Record>> records, PublicKey key, Record record) {
        records.computeIfAbsent(key, each -> new ArrayList<>()).add(record);
    }
}
