package io.wgsd.dnssd.records;

import io.wgsd.dnssd.Advertisement;
import io.wgsd.dnssd.ZoneNode;
import io.wgsd.dnssd.ZoneOptions;
import io.wgsd.internal.Base32Keys;
import io.wgsd.model.PublicKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Record;

/**
 * The lists of a zone's peers: one where all of them have room in it, else also one for each beginning of a key.
 *
 * <p>A list that is full may be cut: then there is one for each next character of base32, up to three, in which no peer
 * is missing. Since base32 keeps the order of keys, each list is a range of the peers in that order; only the first is
 * kept. Immutable and thread-safe.
 */
final class PeerLists {

    private static final int MAX_PREFIX = 3;
    private static final String ALPHABET = Base32Keys.ALPHABET;
    private static final int BITS = 5;

    private final ZoneOptions options;
    private final Advertisement[] listed;
    private final Advertisement[] byKey;
    private final Name services;
    /** How many peers a list holds, by how many characters of keys its name has. */
    private final int[] most;

    /** The list of all peers, once it has been asked for; made twice where two threads do at the same time. */
    private @Nullable ZoneNode all;

    PeerLists(ZoneOptions options, Advertisement[] listed, Advertisement[] byKey) {
        this.options = options;
        this.listed = listed;
        this.byKey = byKey;
        services = options.names().services();
        most = new int[MAX_PREFIX + 1];
        most[0] = options.maxListed(services);
        for (int i = 1; i <= MAX_PREFIX; i++) {
            most[i] = options.maxListed(options.names().subtype("a".repeat(i)));
        }
    }

    /** The peers whose keys begin with some characters. */
    private record Range(int from, int to) {
        int size() {
            return to - from;
        }
    }

    Optional<ZoneNode> find(Name name) {
        if (listed.length == 0 || !name.subdomain(services)) {
            return Optional.empty();
        }
        int below = name.labels() - services.labels();
        if (below == 0) {
            return Optional.of(all());
        }
        if (!isSplit() || below > 2 || !name.subdomain(options.names().subtypes())) {
            return Optional.empty();
        }
        if (below == 1) {
            return Optional.of(subtypes());
        }
        String label = name.getLabelString(0).toLowerCase(Locale.ROOT);
        return label.startsWith("_") && isPrefix(label.substring(1)) && exists(label.substring(1))
                ? Optional.of(shard(label.substring(1)))
                : Optional.empty();
    }

    void forEachNode(Consumer<ZoneNode> sink) {
        if (listed.length > 0) {
            sink.accept(all());
        }
        if (isSplit()) {
            sink.accept(subtypes());
            forEachShard("", prefix -> sink.accept(shard(prefix)));
        }
    }

    /** Returns whether there is a list at all, and whether it is split, as in another zone. */
    boolean areShapedAs(PeerLists other) {
        return (listed.length == 0) == (other.listed.length == 0) && isSplit() == other.isSplit();
    }

    long recordCount() {
        long[] count = {Math.min(listed.length, most[0])};
        if (isSplit()) {
            forEachShard("", prefix -> count[0] += Math.min(range(prefix).size(), most[prefix.length()]));
        }
        return count[0];
    }

    /**
     * Hands over the names of the lists that may differ.
     *
     * @param other the lists of another zone of the same name
     * @param cameOrWent the keys that only one of both has, in ascending order
     * @param sink takes the names
     */
    void forEachDifferingName(PeerLists other, List<PublicKey> cameOrWent, Consumer<Name> sink) {
        if (!cameOrWent.isEmpty() || !beginsAs(other)) {
            sink.accept(services);
        }
        if (!cameOrWent.isEmpty()) {
            compare("", isSplit(), other, other.isSplit(), cameOrWent, sink);
        }
    }

    private void compare(
            String prefix,
            boolean split,
            PeerLists other,
            boolean otherSplit,
            List<PublicKey> keys,
            Consumer<Name> sink) {
        if (!split && !otherSplit) {
            return;
        }
        for (int i = 0; i < ALPHABET.length(); i++) {
            String shard = prefix + ALPHABET.charAt(i);
            int size = split ? range(shard).size() : 0;
            int otherSize = otherSplit ? other.range(shard).size() : 0;
            if (size == 0 && otherSize == 0) {
                continue;
            }
            if (split != otherSplit || hasAny(keys, shard)) {
                sink.accept(options.names().subtype(shard));
                if (shard.length() < MAX_PREFIX) {
                    compare(shard, size > most[shard.length()], other, otherSize > most[shard.length()], keys, sink);
                }
            }
        }
    }

    private boolean beginsAs(PeerLists other) {
        int shown = Math.min(listed.length, most[0]);
        for (int i = 0; i < shown; i++) {
            if (!listed[i].publicKey().equals(other.listed[i].publicKey())) {
                return false;
            }
        }
        return true;
    }

    private boolean isSplit() {
        return listed.length > most[0];
    }

    private void forEachShard(String prefix, Consumer<String> sink) {
        for (int i = 0; i < ALPHABET.length(); i++) {
            String shard = prefix + ALPHABET.charAt(i);
            int size = range(shard).size();
            if (size > 0) {
                sink.accept(shard);
            }
            if (size > most[shard.length()] && shard.length() < MAX_PREFIX) {
                forEachShard(shard, sink);
            }
        }
    }

    private boolean exists(String prefix) {
        return range(prefix).size() > 0
                && (prefix.length() == 1
                        || range(prefix.substring(0, prefix.length() - 1)).size() > most[prefix.length() - 1]);
    }

    private ZoneNode all() {
        ZoneNode made = all;
        if (made == null) {
            made = list(services, listed, new Range(0, listed.length), most[0]);
            all = made;
        }
        return made;
    }

    private ZoneNode shard(String prefix) {
        return list(options.names().subtype(prefix), byKey, range(prefix), most[prefix.length()]);
    }

    private ZoneNode subtypes() {
        return ZoneNode.of(options.names().subtypes(), List.of());
    }

    private ZoneNode list(Name name, Advertisement[] peers, Range range, int limit) {
        long ttl = Ttl.seconds(options.peerTtl());
        List<Record> rrset = new ArrayList<>(Math.min(range.size(), limit));
        for (int i = range.from; i < range.to && i - range.from < limit; i++) {
            rrset.add(new PTRRecord(name, DClass.IN, ttl, options.names().instance(peers[i].publicKey())));
        }
        return ZoneNode.of(name, List.of(rrset));
    }

    private Range range(String prefix) {
        PublicKey first = first(prefix);
        PublicKey last = last(prefix);
        return new Range(count(first, false), count(last, true));
    }

    /** Returns how many peers have a lesser key, or also the key itself. */
    private int count(PublicKey key, boolean inclusive) {
        int low = 0;
        int high = byKey.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            int order = byKey[middle].publicKey().compareTo(key);
            if (order < 0 || (inclusive && order == 0)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static boolean hasAny(List<PublicKey> keys, String prefix) {
        int found = Collections.binarySearch(keys, first(prefix));
        int next = found >= 0 ? found : -found - 1;
        return next < keys.size() && keys.get(next).compareTo(last(prefix)) <= 0;
    }

    private static PublicKey first(String prefix) {
        return PublicKey.of(beginning(prefix, (byte) 0));
    }

    private static PublicKey last(String prefix) {
        return PublicKey.of(beginning(prefix, (byte) 0xff));
    }

    /** Returns the bytes that base32 writes so, followed by bits that are all 0 or all 1. */
    private static byte[] beginning(String prefix, byte rest) {
        byte[] key = new byte[PublicKey.LENGTH];
        Arrays.fill(key, rest);
        int bits = prefix.length() * BITS;
        int value = 0;
        for (int i = 0; i < prefix.length(); i++) {
            value = value << BITS | ALPHABET.indexOf(prefix.charAt(i));
        }
        int first = value << (Short.SIZE - bits) | (rest & 0xffff) >>> bits;
        key[0] = (byte) (first >> Byte.SIZE);
        key[1] = (byte) first;
        return key;
    }

    private static boolean isPrefix(String text) {
        return !text.isEmpty() && text.length() <= MAX_PREFIX && text.chars().allMatch(c -> ALPHABET.indexOf(c) >= 0);
    }
}
