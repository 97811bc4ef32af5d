package io.wgsd.relay;

import io.wgsd.relay.tally.Outcome;
import java.util.EnumMap;
import java.util.Map;

/** What a relay has done since it was started, and for how many. Immutable and thread-safe. */
public final class RelayStats {

    private final Map<Outcome, Long> outcomes;
    private final long forwardedBytes;
    private final int members;
    private final int attached;
    private final int routes;

    RelayStats(RelayStatsBuilder builder) {
        outcomes = new EnumMap<>(builder.outcomes);
        forwardedBytes = builder.forwardedBytes;
        members = builder.members;
        attached = builder.attached;
        routes = builder.routes;
    }

    /**
     * Begins statistics, as a relay or a test makes them.
     *
     * @return a builder of statistics that count nothing
     */
    public static RelayStatsBuilder builder() {
        return new RelayStatsBuilder();
    }

    /**
     * Returns how many members there are.
     *
     * @return attached or not
     */
    public int members() {
        return members;
    }

    /**
     * Returns how many members are attached.
     *
     * @return those that the relay hears
     */
    public int attached() {
        return attached;
    }

    /**
     * Returns how many routes there are: each session between members has two.
     *
     * @return the routes as they are at about this moment
     */
    public int routes() {
        return routes;
    }

    /**
     * Returns how many packets of data were forwarded.
     *
     * @return packets between members, keepalives among them
     */
    public long forwardedPackets() {
        return count(Outcome.FORWARDED);
    }

    /**
     * Returns how many bytes these had.
     *
     * @return bytes, without the headers of UDP and IP
     */
    public long forwardedBytes() {
        return forwardedBytes;
    }

    /**
     * Returns how many messages of handshakes between members were forwarded.
     *
     * @return initiations, responses and cookie replies
     */
    public long forwardedHandshakes() {
        return count(Outcome.FORWARDED_HANDSHAKE);
    }

    /**
     * Returns how many initiations were delayed for a moment, because their member was not attached or they might have
     * crossed the other side's.
     *
     * @return initiations, whether they were forwarded later or dropped
     */
    public long delayedInitiations() {
        return count(Outcome.DELAYED);
    }

    /**
     * Returns how many of these were dropped, because the other side's was answered.
     *
     * @return initiations
     */
    public long crossedInitiations() {
        return count(Outcome.CROSSED);
    }

    /**
     * Returns how many authentic messages the members have sent to the relay itself.
     *
     * @return keepalives, and messages of handshakes
     */
    public long toRelay() {
        return count(Outcome.TO_RELAY);
    }

    /**
     * Returns how many initiations to the relay were answered with a cookie, for lack of a share.
     *
     * @return initiations, from senders that know the relay's key
     */
    public long cookieReplies() {
        return count(Outcome.COOKIE);
    }

    /**
     * Returns how many messages to the relay itself were forged, repeated, or not from a member.
     *
     * @return messages
     */
    public long refused() {
        return count(Outcome.REFUSED);
    }

    /**
     * Returns how many packets did not have the form of a WireGuard message.
     *
     * @return packets
     */
    public long malformed() {
        return count(Outcome.MALFORMED);
    }

    /**
     * Returns how many packets came from a source that is no member's, and were not for anyone.
     *
     * @return packets
     */
    public long fromUnknownSources() {
        return count(Outcome.UNKNOWN_SOURCE);
    }

    /**
     * Returns how many packets of members were for no member that they may reach.
     *
     * @return packets
     */
    public long toUnknownTargets() {
        return count(Outcome.UNKNOWN_TARGET);
    }

    /**
     * Returns how many packets were for a member that was no longer attached.
     *
     * @return packets
     */
    public long unreachable() {
        return count(Outcome.UNREACHABLE);
    }

    /**
     * Returns how many packets were beyond what one member, one pair or one network may take.
     *
     * @return packets
     */
    public long overLimit() {
        return count(Outcome.OVER_LIMIT);
    }

    /**
     * Returns how many packets the system did not send.
     *
     * @return packets
     */
    public long sendFailed() {
        return count(Outcome.SEND_FAILED);
    }

    private long count(Outcome outcome) {
        return outcomes.getOrDefault(outcome, 0L);
    }

    /** Returns the counters that are not zero. */
    @Override
    public String toString() {
        Map<Outcome, Long> seen = new EnumMap<>(outcomes);
        seen.values().removeIf(count -> count == 0);
        return "RelayStats[members=" + members + ", attached=" + attached + ", routes=" + routes + ", " + seen + "]";
    }
}
