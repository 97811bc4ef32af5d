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

    /** Asks a member whether it is at a source, if as much has come from there. */
    void ask(Member member, Source at, long now) {
        int slot = slot(at);
        if (credit[slot] >= Limits.CHALLENGE_BYTES && networks.take(at.prefix(), now)) {
            credit[slot] -= Limits.CHALLENGE_BYTES;
            challenger.challenge(member, at);
        }
    }

    private int slot(Source at) {
        return (int) (PrefixBuckets.mix(at.prefix() + seed) >>> SHIFT);
    }
}
