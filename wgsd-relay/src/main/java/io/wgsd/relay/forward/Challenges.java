package io.wgsd.relay.forward;

import io.wgsd.relay.limit.PrefixBuckets;
import io.wgsd.relay.roster.Member;
import io.wgsd.relay.roster.Source;

/**
 * Ensures that nobody can make the relay send more to somebody else than they send themselves, and only little of it:
 * anybody can forge a packet's source. Not thread-safe.
 */
final class Challenges {

    private static final int SLOTS = 1 << 12;
    private static final int SHIFT = 52;
    private static final int MOST_CREDIT = 4 * Limits.CHALLENGE_BYTES;

    private final Challenger challenger;
    private final long seed;
    private final PrefixBuckets networks;
    private final int[] credit = new int[SLOTS];
    private final Asked[] asked = new Asked[SLOTS];

    private record Asked(Member member, Source at, long time) {}

    Challenges(Challenger challenger, long seed) {
        this.challenger = challenger;
        this.seed = seed;
        networks = new PrefixBuckets(Limits.CHALLENGES, seed);
    }

    /** Notes that bytes have come from a source. */
    void credit(Source at, int bytes) {
        int slot = slot(at);
        credit[slot] = Math.min(MOST_CREDIT, credit[slot] + bytes);
    }

    /**
     * Asks a member whether it is at a source, if as much has come from there. What comes before it can have answered
     * is no reason to ask again: the network's share may be needed for the next port that its NAT gives it.
     */
    void ask(Member member, Source at, long now) {
        int slot = slot(at);
        Asked latest = asked[slot];
        boolean waits = latest != null
                && latest.member() == member
                && latest.at().equals(at)
                && now - latest.time() < Limits.CHALLENGE_PATIENCE;
        if (waits) {
            return;
        }
        if (credit[slot] >= Limits.CHALLENGE_BYTES && networks.take(at.prefix(), now)) {
            credit[slot] -= Limits.CHALLENGE_BYTES;
            asked[slot] = new Asked(member, at, now);
            challenger.challenge(member, at);
        }
    }

    private int slot(Source at) {
        return (int) (PrefixBuckets.mix(at.prefix() + seed) >>> SHIFT);
    }
}
