package io.wgsd.relay.forward;

import io.wgsd.internal.TokenBucket;
import io.wgsd.relay.limit.PrefixBuckets;
import io.wgsd.relay.roster.Member;
import io.wgsd.relay.roster.Roster;
import io.wgsd.relay.roster.Source;
import io.wgsd.relay.tally.Outcome;
import io.wgsd.relay.tally.Tally;
import io.wgsd.relay.wire.Messages;
import org.jspecify.annotations.Nullable;

/**
 * Judges each packet that has come: whether it is sent on at once, looked at by another thread, or dropped.
 *
 * <p>This is the way that data take: it makes no objects, computes no codes, and waits for nothing. For one receiving
 * thread; times are nanoseconds since the relay's start.
 */
public final class Dispatcher {

    /** What is to be done with a packet. */
    public enum Way {
        /** It goes to {@link Dispatcher#target()}. */
        FORWARD,
        /** It is a member's, by its source, or the answer that is expected from there; another thread looks at it. */
        MEMBER,
        /** It is from an unknown source, and another thread may look at it. */
        STRANGER,
        /** It goes nowhere, and was counted. */
        DROP
    }

    private final Roster roster;
    private final Forwarding forwarding;
    private final Tally tally;
    private final PrefixBuckets strangers;
    private final TokenBucket allStrangers = new TokenBucket(Limits.ALL_STRANGERS);
    private @Nullable Source target;

    /**
     * Makes a dispatcher.
     *
     * @param roster the members and their sources
     * @param forwarding the routes
     * @param tally where packets are counted
     * @param seed a random number
     */
    public Dispatcher(Roster roster, Forwarding forwarding, Tally tally, long seed) {
        this.roster = roster;
        this.forwarding = forwarding;
        this.tally = tally;
        strangers = new PrefixBuckets(Limits.STRANGERS, seed);
    }

    /**
     * Judges a packet.
     *
     * @param firstWord its first four bytes, little endian
     * @param secondWord its next four bytes, little endian
     * @param length how long it is; where that is less than eight, the words do not count
     * @param high the upper half of the source's address
     * @param low the lower half
     * @param rest the source's port, socket and scope
     * @param now the time
     * @return what is to be done with it
     */
    public Way judge(int firstWord, int secondWord, int length, long high, long low, long rest, long now) {
        int type = length < Messages.COUNTER ? Messages.NONE : Messages.type(firstWord, length);
        if (type == Messages.NONE) {
            return drop(Outcome.MALFORMED);
        }
        Member from = roster.at(high, low, rest);
        if (from == null) {
            if (type == Messages.RESPONSE && isExpected(high, low, rest, now)) {
                return Way.MEMBER;
            }
            boolean admitted = strangers.take(Source.prefix(high, low), now) && allStrangers.take(now);
            return admitted ? Way.STRANGER : drop(Outcome.OVER_LIMIT);
        }
        if (type == Messages.DATA) {
            Route route = forwarding.find(from, secondWord, now);
            if (route != null) {
                return forward(route, from, length, now);
            }
            if (length != Messages.KEEPALIVE_LENGTH) {
                return drop(Outcome.UNKNOWN_TARGET);
            }
        }
        return from.others().take(now) ? Way.MEMBER : drop(Outcome.OVER_LIMIT);
    }

    /**
     * Returns whether the relay has asked a member at that source after its own restart. What else comes from its
     * network meanwhile, the member's own data most of all, must not keep the answer out.
     */
    private boolean isExpected(long high, long low, long rest, long now) {
        Member expected = roster.expectedAt(high, low, rest);
        return expected != null && expected.others().take(now);
    }

    /**
     * Returns where the packet that was judged last goes.
     *
     * @return the target, behind {@link Way#FORWARD} only
     */
    public Source target() {
        Source last = target;
        if (last == null) {
            throw new IllegalStateException("the last packet goes nowhere");
        }
        return last;
    }

    private Way forward(Route route, Member from, int length, long now) {
        if (!from.data().take(now, length)) {
            return drop(Outcome.OVER_LIMIT);
        }
        target = route.to().source();
        if (target == null) {
            return drop(Outcome.UNREACHABLE);
        }
        route.use();
        tally.forwarded(length);
        return Way.FORWARD;
    }

    private Way drop(Outcome outcome) {
        tally.count(outcome);
        return Way.DROP;
    }
}
