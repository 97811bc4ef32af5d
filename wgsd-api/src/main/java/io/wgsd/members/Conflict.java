package io.wgsd.members;

import io.wgsd.model.IpPrefix;
import io.wgsd.model.PublicKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Why two members cannot be in one network.
 *
 * @param at the place of the later one in the list
 * @param with the place of the other
 * @param reason what they both claim, and whose it is
 */
record Conflict(int at, int with, String reason) {

    /** Returns the first conflict in a list; each member is compared with those before it. */
    static Optional<Conflict> first(List<Member> members) {
        Map<String, Integer> names = new HashMap<>();
        Map<PublicKey, Integer> keys = new HashMap<>();
        for (int i = 0; i < members.size(); i++) {
            Member member = members.get(i);
            Integer named = names.putIfAbsent(member.name(), i);
            if (named != null) {
                return Optional.of(new Conflict(i, named, "there is a " + member.name() + " already"));
            }
            Integer same = keys.putIfAbsent(member.publicKey(), i);
            if (same != null) {
                String other = members.get(same).name();
                return Optional.of(new Conflict(i, same, "its key is " + other + "'s already; each host has its own"));
            }
        }
        return Prefixes.of(members).first();
    }

    /** Who has which prefix. */
    private record Prefixes(List<Member> members, Map<IpPrefix, List<Integer>> owners, NavigableSet<Integer> lengths) {

        static Prefixes of(List<Member> members) {
            Map<IpPrefix, List<Integer>> owners = new HashMap<>();
            NavigableSet<Integer> lengths = new TreeSet<>();
            for (int i = 0; i < members.size(); i++) {
                for (IpPrefix prefix : members.get(i).allowedIps()) {
                    owners.computeIfAbsent(prefix, each -> new ArrayList<>(1)).add(i);
                    lengths.add(prefix.length());
                }
            }
            return new Prefixes(members, owners, lengths);
        }

        Optional<Conflict> first() {
            for (int i = 0; i < members.size(); i++) {
                for (IpPrefix prefix : members.get(i).allowedIps()) {
                    List<Integer> same = owners.getOrDefault(prefix, List.of());
                    if (same.get(0) < i) {
                        String reason =
                                prefix + " is " + members.get(same.get(0)).name() + "'s already";
                        return Optional.of(new Conflict(i, same.get(0), reason));
                    }
                    Optional<Conflict> wider = wider(i, prefix);
                    if (wider.isPresent()) {
                        return wider;
                    }
                }
            }
            return Optional.empty();
        }

        /** Looks for a prefix that another member has around this one, which only registries and exits may have. */
        private Optional<Conflict> wider(int i, IpPrefix prefix) {
            for (int length : lengths.headSet(prefix.length())) {
                IpPrefix around = new IpPrefix(prefix.network(), length);
                for (int other : owners.getOrDefault(around, List.of())) {
                    Member owner = members.get(other);
                    if (other != i && owner.role() != MemberRole.REGISTRY && !around.isDefaultRoute()) {
                        String reason = prefix + " is part of " + around + ", which is " + owner.name()
                                + "'s, and only a registry's can be shared";
                        return Optional.of(new Conflict(i, other, reason));
                    }
                }
            }
            return Optional.empty();
        }
    }
}
