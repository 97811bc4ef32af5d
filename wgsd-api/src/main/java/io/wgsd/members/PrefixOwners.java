package io.wgsd.members;

import io.wgsd.model.IpPrefix;
import io.wgsd.model.PublicKey;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/** Which peers have a prefix, or one around it; each look-up costs one hash table access for each length in use. */
final class PrefixOwners {

    private final Map<IpPrefix, Set<PublicKey>> owners = new HashMap<>();
    private final NavigableSet<Integer> lengths = new TreeSet<>();

    void add(IpPrefix prefix, PublicKey owner) {
        owners.computeIfAbsent(prefix, each -> new HashSet<>(2)).add(owner);
        lengths.add(prefix.length());
    }

    /** Returns whether a peer of some has a wider prefix, other than one peer. */
    boolean hasAround(IpPrefix prefix, PublicKey except, Set<PublicKey> some) {
        for (int length : lengths.headSet(prefix.length())) {
            for (PublicKey owner : owners.getOrDefault(new IpPrefix(prefix.network(), length), Set.of())) {
                if (!owner.equals(except) && some.contains(owner)) {
                    return true;
                }
            }
        }
        return false;
    }

    /**
     * Returns whether a prefix is another peer's than one, or part of what is another's, save for parts of what these
     * registries have.
     */
    boolean isTaken(IpPrefix prefix, PublicKey except, Set<PublicKey> registries) {
        for (int length : lengths.headSet(prefix.length(), true)) {
            for (PublicKey owner : owners.getOrDefault(new IpPrefix(prefix.network(), length), Set.of())) {
                boolean shared = length < prefix.length() && registries.contains(owner);
                if (!owner.equals(except) && !shared) {
                    return true;
                }
            }
        }
        return false;
    }
}
