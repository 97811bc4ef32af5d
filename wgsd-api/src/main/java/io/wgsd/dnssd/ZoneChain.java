package io.wgsd.dnssd;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/**
 * The names of a zone that is to be signed, in their order, and the nodes that can stay as they were in a zone that was
 * signed before: those where nothing changed, neither the records nor which name comes next.
 *
 * <p>Immutable, once made.
 */
final class ZoneChain {

    private final Name[] names;
    private final @Nullable ZoneNode[] kept;
    private final List<ZoneNode> empty;
    private final Instant from;
    private final Instant until;

    private ZoneChain(Name[] names, List<ZoneNode> empty, Instant from, Instant until) {
        this.names = names;
        kept = new ZoneNode[names.length];
        this.empty = empty;
        this.from = from;
        this.until = until;
    }

    /** Returns the chain of a zone of which nothing was signed before. */
    static ZoneChain of(Zone zone) {
        Collection<ZoneNode> nodes = zone.nodes();
        Name[] names = nodes.stream()
                .filter(node -> !node.rrsets().isEmpty())
                .map(ZoneNode::name)
                .sorted()
                .toArray(Name[]::new);
        List<ZoneNode> empty =
                nodes.stream().filter(node -> node.rrsets().isEmpty()).toList();
        return new ZoneChain(names, empty, Instant.MIN, Instant.MAX);
    }

    /** Returns whether what a zone shares with a signed one is found without a look at each name. */
    static boolean leadsFrom(Zone signed, Zone zone) {
        return signed.signatures()
                .filter(signatures -> signed.options().samePeersAndLists(zone.options())
                        && signed.hasListsOf(zone)
                        && Set.copyOf(signatures.own())
                                .equals(zone.ownNodes().stream()
                                        .map(ZoneNode::name)
                                        .collect(Collectors.toUnmodifiableSet())))
                .isPresent();
    }

    /** Returns the chain of a zone that shares much with a signed one. */
    static ZoneChain after(Zone signed, Zone zone) {
        ZoneSignatures before = signed.signatures().orElseThrow();
        NavigableSet<Name> ofPeers = zone.namesOfOtherPeers(signed);
        Set<Name> other = new HashSet<>(ofPeers);
        other.addAll(before.own());
        Name[] names = names(before.chain(), ofPeers, zone);
        ZoneChain chain = new ZoneChain(names, before.empty(), before.from(), before.until());
        Name[] old = before.chain();
        for (int i = 0, j = 0; i < names.length; i++) {
            while (j < old.length && old[j].compareTo(names[i]) < 0) {
                j++;
            }
            boolean same = j < old.length
                    && old[j].equals(names[i])
                    && old[(j + 1) % old.length].equals(names[(i + 1) % names.length]);
            if (same && !other.contains(names[i])) {
                chain.kept[i] = signed.kept(names[i]);
            }
        }
        return chain;
    }

    private static Name[] names(Name[] old, NavigableSet<Name> ofPeers, Zone zone) {
        NavigableSet<Name> came = new TreeSet<>();
        Set<Name> went = new HashSet<>();
        for (Name name : ofPeers) {
            boolean was = Arrays.binarySearch(old, name) >= 0;
            boolean is =
                    zone.find(name).filter(node -> !node.rrsets().isEmpty()).isPresent();
            if (is && !was) {
                came.add(name);
            } else if (was && !is) {
                went.add(name);
            }
        }
        if (came.isEmpty() && went.isEmpty()) {
            return old;
        }
        List<Name> names = new ArrayList<>(old.length + came.size());
        for (Name name : old) {
            for (Name next = first(came); next != null && next.compareTo(name) < 0; next = first(came)) {
                names.add(next);
                came.remove(next);
            }
            if (!went.contains(name)) {
                names.add(name);
            }
        }
        names.addAll(came);
        return names.toArray(Name[]::new);
    }

    private static @Nullable Name first(NavigableSet<Name> names) {
        return names.isEmpty() ? null : names.first();
    }

    Name[] names() {
        return names;
    }

    /** Returns the signed node of a name, by its number, that stays as it is. */
    Optional<ZoneNode> kept(int i) {
        return Optional.ofNullable(kept[i]);
    }

    List<ZoneNode> empty() {
        return empty;
    }

    /** Returns since when the signatures of all that may be kept are valid. */
    Instant from() {
        return from;
    }

    /** Returns when the first of these must be renewed, at the earliest. */
    Instant until() {
        return until;
    }
}
