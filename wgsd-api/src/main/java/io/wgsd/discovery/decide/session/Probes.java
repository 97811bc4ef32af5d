package io.wgsd.discovery.decide.session;

import io.wgsd.internal.Durations;
import io.wgsd.model.Endpoint;
import io.wgsd.model.Moment;
import io.wgsd.model.Peer;
import io.wgsd.model.PeerStatistics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What datagrams to a peer's discard port have shown: most hosts answer that the port is unreachable, and Linux does so
 * six times in a row and then at most once a second. Immutable and thread-safe.
 *
 * @param sent when the latest one was sent; null before
 * @param quiet when the next burst may begin at the earliest; null where it may at once
 * @param rx bytes received by the time of the latest one
 * @param tx bytes sent by then
 * @param handshake when the latest handshake took place, as of then; null where there was none
 * @param answered when the peer was last seen to answer one; null where it was not, or later failed to answer
 * @param matches how often it was since it last failed to, or was last forgotten to answer, as far as that matters
 * @param burst the datagrams that are being sent because of news; null if none are
 * @param checked the endpoint for which that was last done; null before
 */
public record Probes(
        @Nullable Moment sent,
        @Nullable Moment quiet,
        long rx,
        long tx,
        @Nullable Instant handshake,
        @Nullable Moment answered,
        int matches,
        @Nullable Burst burst,
        @Nullable Endpoint checked) {

    /** A peer that answered no longer ago than this still counts as one that answers. */
    public static final Duration KNOWN = Duration.ofMinutes(10);

    /** So long after the latest datagram, no rate limit suppresses the answer. */
    public static final Duration QUIET = Duration.ofSeconds(10);

    /** After how long a peer that is known to answer should have answered one of a burst. */
    public static final Duration WINDOW = Duration.ofMillis(2_500);

    public static final List<Duration> OFFSETS =
            List.of(Duration.ZERO, Duration.ofMillis(700), Duration.ofMillis(1_500), Duration.ofMillis(2_200));

    private static final int SURE = 2;
    private static final Duration LEARNING = Duration.ofMillis(2_500);
    private static final Duration FADING = Duration.ofMinutes(7);

    /** A peer that has not answered for so long is not asked any more. */
    private static final Duration FADED = Duration.ofMinutes(20);

    private static final Duration AGAIN = Duration.ofMinutes(1);
    private static final Duration SLACK = Duration.ofMillis(50);
    private static final Duration ANSWER = Duration.ofMillis(1_200);
    private static final int MOST_CROSSING = 2;

    /**
     * The sizes of the messages that carry an empty datagram and its answer, which quotes it (RFC 792, RFC 4443): 28
     * bytes and 56 in IPv4, 48 and 96 in IPv6, padded and with header and tag.
     */
    private enum Sizes {
        IPV4(64, 96),
        IPV6(80, 128);

        private final long datagram;
        private final long answer;

        Sizes(long datagram, long answer) {
            this.datagram = datagram;
            this.answer = answer;
        }

        /**
         * Returns whether that is one datagram and its answer, and nothing else except the same from the other side.
         *
         * @param last what came between the latest two readings; what came in pieces is no answer
         */
        boolean match(long went, long came, long last) {
            long crossing = (went - datagram) / answer;
            return last >= answer
                    && crossing >= 0
                    && crossing <= MOST_CROSSING
                    && went == datagram + crossing * answer
                    && came == answer + crossing * datagram;
        }
    }

    /**
     * Datagrams that find out whether the session of a peer with news is live.
     *
     * @param news the endpoint that a registry now advertises
     * @param begun when the first is due
     * @param count how many were sent
     * @param rx bytes received when the first was sent
     */
    public record Burst(Endpoint news, Moment begun, int count, long rx) {

        /** Returns when there is something to do. */
        public Moment due() {
            return begun.plus(count < OFFSETS.size() ? OFFSETS.get(count) : WINDOW);
        }

        public boolean isOver(Moment at) {
            return count >= OFFSETS.size() && due().hasCome(at);
        }

        public Burst of(Endpoint other) {
            return new Burst(other, begun, count, rx);
        }

        /** Returns the burst after one more datagram; one that was sent for another reason postpones the first. */
        public Burst sent(Moment at, long received) {
            if (count == 0) {
                return begun.hasCome(at)
                        ? new Burst(news, at, 1, received)
                        : new Burst(news, at.plus(QUIET), 0, received);
            }
            return new Burst(news, begun, count + 1, rx);
        }
    }

    public static Probes none() {
        return new Probes(null, null, 0, 0, null, null, 0, null, null);
    }

    /**
     * Returns what is known after one more reading.
     *
     * @param before the reading before it
     */
    public Probes read(Peer before, Peer peer, Moment at) {
        Moment asked = sent;
        if (asked == null || at.since(asked).compareTo(ANSWER) > 0 || asked.equals(answered)) {
            return this;
        }
        PeerStatistics now = peer.statistics();
        if (!now.latestHandshake().equals(Optional.ofNullable(handshake))) {
            // What came may be the handshake's own messages.
            return this;
        }
        long went = now.txBytes() - tx;
        long came = now.rxBytes() - rx;
        long last = now.rxBytes() - before.statistics().rxBytes();
        boolean match = Sizes.IPV4.match(went, came, last) || Sizes.IPV6.match(went, came, last);
        return match ? answered(asked) : this;
    }

    /** Answers count together only while the peer is not forgotten to answer in between. */
    private Probes answered(Moment asked) {
        int count = isKnownToAnswer(asked) ? Math.min(matches + 1, SURE) : 1;
        return new Probes(sent, quiet, rx, tx, handshake, asked, count, burst, checked);
    }

    /**
     * Returns the same after a datagram was sent, which was due or had another reason.
     *
     * @param renewal whether it renews an old session; these are so far apart that no rate limit suppresses an answer
     */
    public Probes sent(Peer peer, Moment at, boolean renewal) {
        PeerStatistics now = peer.statistics();
        Burst next = burst == null ? null : burst.sent(at, now.rxBytes());
        return new Probes(
                at,
                renewal ? quiet : at.plus(QUIET),
                now.rxBytes(),
                now.txBytes(),
                now.latestHandshake().orElse(null),
                answered,
                matches,
                next,
                checked);
    }

    /** Returns whether the answer to the latest datagram may come now, which only a look in time can tell apart. */
    public boolean isAwaited(Moment at, Duration roundTrip) {
        return sent != null
                && !sent.equals(answered)
                && at.since(sent)
                                .compareTo(
                                        Durations.min(roundTrip.multipliedBy(2).plus(SLACK), ANSWER))
                        < 0;
    }

    /** Returns whether it will soon not be known any more that the peer answers, or is not sure after one answer. */
    public boolean isFading(Moment at) {
        return answered != null
                && (matches < SURE || at.since(answered).compareTo(FADING) >= 0)
                && at.since(answered).compareTo(FADED) < 0
                && (sent == null || at.since(sent).compareTo(AGAIN) >= 0);
    }

    /**
     * Returns the same for a peer that is about to get other datagrams, which use up what its host may answer: until it
     * may answer again, no burst says anything.
     */
    public Probes disturbed(Moment at) {
        return new Probes(sent, at.plus(QUIET), rx, tx, handshake, answered, matches, null, checked);
    }

    /**
     * Returns whether more than one answer was seen, which nothing else looks like: once, a keepalive and a datagram of
     * the peer's own are as long as an answer.
     */
    public boolean isSureToAnswer(Moment at) {
        return matches >= SURE && isKnownToAnswer(at);
    }

    /** Returns whether another datagram may show for sure whether the peer answers. */
    public boolean isLearning(Moment at) {
        return matches < SURE && sent != null && at.since(sent).compareTo(LEARNING) >= 0;
    }

    public boolean isKnownToAnswer(Moment at) {
        return answered != null && at.since(answered).compareTo(KNOWN) < 0;
    }

    /** Returns the same with a burst about these news, unless there is one already. */
    public Probes about(Endpoint news, Moment at) {
        Burst running = burst;
        if (running != null) {
            return running.news().equals(news) ? this : burst(running.of(news));
        }
        return burst(new Burst(news, quiet != null && quiet.isAfter(at) ? quiet : at, 0, 0));
    }

    public Probes burst(@Nullable Burst value) {
        return new Probes(sent, quiet, rx, tx, handshake, answered, matches, value, checked);
    }

    /** Returns the same once it is known what the news mean for the session. */
    public Probes checked(@Nullable Endpoint value) {
        if (burst == null && Objects.equals(value, checked)) {
            return this;
        }
        return new Probes(sent, quiet, rx, tx, handshake, answered, matches, null, value);
    }

    /** Returns the same for a peer that may no longer answer. */
    public Probes unanswered() {
        return new Probes(sent, quiet, rx, tx, handshake, null, 0, burst, checked);
    }
}
