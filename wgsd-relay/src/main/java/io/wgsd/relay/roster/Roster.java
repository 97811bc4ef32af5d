package io.wgsd.relay.roster;

import io.wgsd.internal.Rate;
import io.wgsd.model.PublicKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The members, which of them may reach which, and which sends from which source.
 *
 * <p>Lists and tables are read by any thread. Members are replaced by any thread, one at a time; sources are written
 * by one thread, that of the relay's own sessions.
 */
public final class Roster {

    /** The members at one time, with their policy. */
    private record Members(Map<PublicKey, Member> byKey, List<Member> all, BiPredicate<PublicKey, PublicKey> policy) {}

    private final Rate dataBytes;
    private final Table<Member> sources;
    /** Where members were before the relay's start, and have been asked whether they still are. */
    private final Table<Member> expected;

    private volatile Members members = new Members(Map.of(), List.of(), (from, to) -> false);
    private long lastNumber;

    /**
     * Makes a roster without members.
     *
     * @param seed a random number
     * @param dataBytes how many bytes of data each member may send
     */
    public Roster(long seed, Rate dataBytes) {
        this.dataBytes = dataBytes;
        sources = new Table<>(seed);
        expected = new Table<>(seed);
    }

    /**
     * Replaces the members; who was one before stays the same member, with its source.
     *
     * @param keys the members' keys
     * @param policy whether one may begin a handshake with another
     */
    public synchronized void replace(Collection<PublicKey> keys, BiPredicate<PublicKey, PublicKey> policy) {
        Map<PublicKey, Member> before = members.byKey;
        Map<PublicKey, Member> byKey = new HashMap<>();
        for (PublicKey key : keys) {
            Member known = before.get(key);
            byKey.put(key, known == null ? new Member(++lastNumber, key, dataBytes) : known);
        }
        members = new Members(Map.copyOf(byKey), List.copyOf(new ArrayList<>(byKey.values())), policy);
    }

    /**
     * Returns a member.
     *
     * @param key its key
     * @return the member, or null where it is none
     */
    public @Nullable Member member(PublicKey key) {
        return members.byKey.get(key);
    }

    /**
     * Returns all members.
     *
     * @return the members, in no order
     */
    public List<Member> all() {
        return members.all;
    }

    /**
     * Returns whether a member still is one.
     *
     * @param member a member of this roster, now or before
     * @return whether it is one now
     */
    public boolean has(Member member) {
        return members.byKey.get(member.key()) == member;
    }

    /**
     * Returns whether one member may begin a handshake with another.
     *
     * @param from who begins
     * @param to for whom it is
     * @return false for a member and itself
     */
    public boolean mayReach(Member from, Member to) {
        return from != to && members.policy.test(from.key(), to.key());
    }

    /**
     * Returns the member that sends from a source.
     *
     * @param high the upper half of the address
     * @param low the lower half
     * @param rest port, socket and scope
     * @return the member, or null
     */
    public @Nullable Member at(long high, long low, long rest) {
        return sources.get(high, low, rest);
    }

    /**
     * Returns the member that sends from a source.
     *
     * @param source the source
     * @return the member, or null
     */
    public @Nullable Member at(Source source) {
        return sources.get(source.high(), source.low(), source.rest());
    }

    /**
     * Returns the member that is asked whether it is at a source.
     *
     * @param high the upper half of the address
     * @param low the lower half
     * @param rest port, socket and scope
     * @return the member, or null
     */
    public @Nullable Member expectedAt(long high, long low, long rest) {
        return expected.get(high, low, rest);
    }

    /**
     * Expects a member to answer from a source, until it is attached to any.
     *
     * @param member the member
     * @param source where it was
     */
    public void expect(Member member, Source source) {
        forgetExpected(member);
        expected.put(source.high(), source.low(), source.rest(), member);
        member.expectAt(source);
    }

    /**
     * Expects a member nowhere any more.
     *
     * @param member the member
     */
    public void forgetExpected(Member member) {
        Source old = member.expected();
        if (old != null) {
            expected.remove(old.high(), old.low(), old.rest());
            member.expectAt(null);
        }
    }

    /**
     * Takes a member to another source, from which a member that was there before is detached.
     *
     * @param member the member
     * @param source where it is from now on
     */
    public void attach(Member member, Source source) {
        detach(member);
        forgetExpected(member);
        Member other = at(source);
        if (other != null) {
            detach(other);
        }
        sources.put(source.high(), source.low(), source.rest(), member);
        member.moveTo(source);
    }

    /**
     * Takes a member from its source.
     *
     * @param member the member
     */
    public void detach(Member member) {
        Source old = member.source();
        if (old != null) {
            sources.remove(old.high(), old.low(), old.rest());
            member.moveTo(null);
        }
    }
}
