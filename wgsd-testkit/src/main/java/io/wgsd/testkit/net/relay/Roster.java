package io.wgsd.testkit.net.relay;

import io.wgsd.model.Endpoint;
import io.wgsd.model.PublicKey;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The members, and which of them sends from which source. */
final class Roster {

    private final SortedMap<PublicKey, Member> members = new TreeMap<>();
    private final Map<Endpoint, Member> sources = new HashMap<>();

    /** Replaces the members; who was one before stays the same member, with its source. */
    void replace(Collection<PublicKey> keys) {
        for (Member member : all()) {
            if (!keys.contains(member.key)) {
                detach(member);
                members.remove(member.key);
            }
        }
        keys.forEach(key -> members.computeIfAbsent(key, Member::new));
    }

    Collection<Member> all() {
        return List.copyOf(members.values());
    }

    @Nullable
    Member member(PublicKey key) {
        return members.get(key);
    }

    boolean has(Member member) {
        return members.get(member.key) == member;
    }

    @Nullable
    Member at(Endpoint source) {
        return sources.get(source);
    }

    /** Takes a member to another source, from which a member that was there before is detached. */
    void attach(Member member, Endpoint source) {
        detach(member);
        Member other = sources.put(source, member);
        if (other != null) {
            other.source = null;
        }
        member.source = source;
    }

    void detach(Member member) {
        if (member.source != null) {
            sources.remove(member.source);
            member.source = null;
        }
    }
}
