package io.wgsd.server.answer.quick;

import io.wgsd.server.answer.Outcome;
import io.wgsd.server.answer.Responder;
import io.wgsd.server.answer.access.Access;
import io.wgsd.server.answer.access.AccessPolicy;
import io.wgsd.server.answer.access.Grant;
import io.wgsd.server.answer.access.Views;
import io.wgsd.server.answer.wire.UsualRequest;
import io.wgsd.server.answer.wire.WireFormat;
import io.wgsd.server.transport.Arrival;
import io.wgsd.server.transport.SocketAddresses;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Answers the usual questions that come in one way, for one thread, without an object for each: what an address may
 * have is remembered for as long as the same rules and zones count.
 *
 * <p>It says what {@link Responder} would say, or leaves the message to it: what is unusual, what is signed or carries
 * a cookie, what is refused, and what has to be limited.
 */
public final class QuickResponder {

    /** How many addresses are remembered; two that meet in a place take turns. */
    private static final int REMEMBERED = 1 << 12;

    private static final int MOST_EXPECTED = 64;

    private static final long MULTIPLIER = 0x9e37_79b9_7f4a_7c15L;

    private final Arrival arrival;
    private final UsualRequest request = new UsualRequest();
    private final @Nullable Known[] known = new Known[REMEMBERED];
    private final @Nullable PeerAnswers[] expected = new PeerAnswers[MOST_EXPECTED];
    /** Of the client that was answered last, as the next ones are likely to have them, too. */
    private @Nullable QuickAnswers latest;

    private int fetched;
    private long edition = -1;

    /** What an address may have without further ado; no answers where that has to be looked into each time. */
    private record Known(long high, long low, @Nullable QuickAnswers answers, boolean mayList) {}

    /**
     * Makes a responder.
     *
     * @param arrival through which interface its messages come
     */
    public QuickResponder(Arrival arrival) {
        this.arrival = arrival;
    }

    /**
     * Answers a message.
     *
     * @param message what holds it
     * @param length how many bytes it has
     * @param high the upper half of the source address, an IPv4 address as an IPv4-mapped one
     * @param low the lower half
     * @param responder how all others are answered
     * @param views the answers that there are, of a zone that is fresh
     * @param policy to whom
     * @param number another one whenever one of these three is
     * @param response where the answer is written, {@link WireFormat#MAX_UDP_RESPONSE} bytes
     * @return how many bytes it has; 0 where this is none of the usual questions
     */
    public int answer(
            byte[] message,
            int length,
            long high,
            long low,
            Responder responder,
            Views<QuickAnswers> views,
            AccessPolicy policy,
            long number,
            byte[] response) {
        if (!request.read(message, length)) {
            return QuickAnswers.NONE;
        }
        if (edition != number) {
            // What was known of other zones would also keep them from being collected.
            Arrays.fill(known, null);
            Arrays.fill(expected, null);
            edition = number;
        }
        int slot = (int) (((high ^ low) * MULTIPLIER) >>> 40) & REMEMBERED - 1;
        Known asker = known[slot];
        if (asker == null || asker.low != low || asker.high != high) {
            asker = learn(high, low, responder, views, policy);
            known[slot] = asker;
        }
        QuickAnswers answers = asker.answers;
        latest = answers;
        return answers == null ? QuickAnswers.NONE : answers.answer(request, asker.mayList, response);
    }

    /**
     * Fetches from memory what answers to some messages will probably need.
     *
     * @param heads how the messages begin: the header, and at least the first label of a peer's name
     * @param count how many there are
     */
    public void expect(byte[][] heads, int count) {
        QuickAnswers answers = latest;
        if (answers != null) {
            fetched += answers.fetch(heads, Math.min(count, MOST_EXPECTED), expected);
        }
    }

    /** Returns a number that depends on all that was fetched, lest a compiler leave it out. */
    int fetched() {
        return fetched;
    }

    /**
     * Returns what became of the message that was answered last.
     *
     * @return the outcome, to be counted
     */
    public Outcome outcome() {
        return Outcome.ofAnswer(request.responseFlags(), request.answerRecords());
    }

    private Known learn(long high, long low, Responder responder, Views<QuickAnswers> views, AccessPolicy policy) {
        Grant grant = policy.grant(SocketAddresses.ip(high, low), arrival);
        boolean usual = grant.access().compareTo(Access.KNOWN_KEYS) >= 0 && (grant.known() || !responder.limits());
        return new Known(high, low, usual ? views.of(grant) : null, grant.access() != Access.KNOWN_KEYS);
    }
}
