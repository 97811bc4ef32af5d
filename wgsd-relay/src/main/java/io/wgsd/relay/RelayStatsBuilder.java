package io.wgsd.relay;

import io.wgsd.internal.Counts;
import io.wgsd.relay.tally.Outcome;
import io.wgsd.relay.tally.Tally;
import java.util.EnumMap;
import java.util.Map;

/** Collects statistics, all 0 at first; not thread-safe. */
public final class RelayStatsBuilder {

    final Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
    long forwardedBytes;
    int members;
    int attached;
    int routes;

    RelayStatsBuilder() {}

    /** Sets all that a tally counts. */
    RelayStatsBuilder tally(Tally tally) {
        for (Outcome outcome : Outcome.values()) {
            outcomes.put(outcome, tally.of(outcome));
        }
        forwardedBytes = tally.forwardedBytes();
        return this;
    }

    /**
     * Sets {@link RelayStats#members()}.
     *
     * @param members 0 by default
     * @return this
     * @throws IllegalArgumentException if it is negative
     */
    public RelayStatsBuilder members(int members) {
        this.members = Counts.check("members", members);
        return this;
    }

    /**
     * Sets {@link RelayStats#attached()}.
     *
     * @param attached 0 by default
     * @return this
     * @throws IllegalArgumentException if it is negative
     */
    public RelayStatsBuilder attached(int attached) {
        this.attached = Counts.check("attached", attached);
        return this;
    }

    /**
     * Sets {@link RelayStats#routes()}.
     *
     * @param routes 0 by default
     * @return this
     * @throws IllegalArgumentException if it is negative
     */
    public RelayStatsBuilder routes(int routes) {
        this.routes = Counts.check("routes", routes);
        return this;
    }

    /**
     * Sets {@link RelayStats#forwardedPackets()}.
     *
     * @param forwardedPackets 0 by default
     * @return this
     * @throws IllegalArgumentException if it is negative
     */
    public RelayStatsBuilder forwardedPackets(long forwardedPackets) {
        outcomes.put(Outcome.FORWARDED, Counts.check("forwardedPackets", forwardedPackets));
        return this;
    }

    /**
     * Sets {@link RelayStats#forwardedBytes()}.
     *
     * @param forwardedBytes 0 by default
     * @return this
     * @throws IllegalArgumentException if it is negative
     */
    public RelayStatsBuilder forwardedBytes(long forwardedBytes) {
        this.forwardedBytes = Counts.check("forwardedBytes", forwardedBytes);
        return this;
    }

    /**
     * Sets {@link RelayStats#forwardedHandshakes()}.
     *
     * @param forwardedHandshakes 0 by default
     * @return this
     * @throws IllegalArgumentException if it is negative
     */
    public RelayStatsBuilder forwardedHandshakes(long forwardedHandshakes) {
        outcomes.put(Outcome.FORWARDED_HANDSHAKE, Counts.check("forwardedHandshakes", forwardedHandshakes));
        return this;
    }

    /**
     * Sets {@link RelayStats#delayedInitiations()}.
     *
     * @param delayedInitiations 0 by default
     * @return this
     * @throws IllegalArgumentException if it is negative
     */
    public RelayStatsBuilder delayedInitiations(long delayedInitiations) {
        outcomes.put(Outcome.DELAYED, Counts.check("delayedInitiations", delayedInitiations));
        return this;
    }

    /**
     * Sets {@link RelayStats#crossedInitiations()}.
     *
     * @param crossedInitiations 0 by default
     * @return this
     * @throws IllegalArgumentException if it is negative
     */
    public RelayStatsBuilder crossedInitiations(long crossedInitiations) {
        outcomes.put(Outcome.CROSSED, Counts.check("crossedInitiations", crossedInitiations));
        return this;
    }

    /**
     * Sets {@link RelayStats#toRelay()}.
     *
     * @param toRelay 0 by default
     * @return this
     * @throws IllegalArgumentException if it is negative
     */
    public RelayStatsBuilder toRelay(long toRelay) {
        outcomes.put(Outcome.TO_RELAY, Counts.check("toRelay", toRelay));
        return this;
    }

    /**
     * Sets {@link RelayStats#cookieReplies()}.
     *
     * @param cookieReplies 0 by default
     * @return this
     * @throws IllegalArgumentException if it is negative
     */
    public RelayStatsBuilder cookieReplies(long cookieReplies) {
        outcomes.put(Outcome.COOKIE, Counts.check("cookieReplies", cookieReplies));
        return this;
    }

    /**
     * Sets {@link RelayStats#refused()}.
     *
     * @param refused 0 by default
     * @return this
     * @throws IllegalArgumentException if it is negative
     */
    public RelayStatsBuilder refused(long refused) {
        outcomes.put(Outcome.REFUSED, Counts.check("refused", refused));
        return this;
    }

    /**
     * Sets {@link RelayStats#malformed()}.
     *
     * @param malformed 0 by default
     * @return this
     * @throws IllegalArgumentException if it is negative
     */
    public RelayStatsBuilder malformed(long malformed) {
        outcomes.put(Outcome.MALFORMED, Counts.check("malformed", malformed));
        return this;
    }

    /**
     * Sets {@link RelayStats#fromUnknownSources()}.
     *
     * @param fromUnknownSources 0 by default
     * @return this
     * @throws IllegalArgumentException if it is negative
     */
    public RelayStatsBuilder fromUnknownSources(long fromUnknownSources) {
        outcomes.put(Outcome.UNKNOWN_SOURCE, Counts.check("fromUnknownSources", fromUnknownSources));
        return this;
    }

    /**
     * Sets {@link RelayStats#toUnknownTargets()}.
     *
     * @param toUnknownTargets 0 by default
     * @return this
     * @throws IllegalArgumentException if it is negative
     */
    public RelayStatsBuilder toUnknownTargets(long toUnknownTargets) {
        outcomes.put(Outcome.UNKNOWN_TARGET, Counts.check("toUnknownTargets", toUnknownTargets));
        return this;
    }

    /**
     * Sets {@link RelayStats#unreachable()}.
     *
     * @param unreachable 0 by default
     * @return this
     * @throws IllegalArgumentException if it is negative
     */
    public RelayStatsBuilder unreachable(long unreachable) {
        outcomes.put(Outcome.UNREACHABLE, Counts.check("unreachable", unreachable));
        return this;
    }

    /**
     * Sets {@link RelayStats#overLimit()}.
     *
     * @param overLimit 0 by default
     * @return this
     * @throws IllegalArgumentException if it is negative
     */
    public RelayStatsBuilder overLimit(long overLimit) {
        outcomes.put(Outcome.OVER_LIMIT, Counts.check("overLimit", overLimit));
        return this;
    }

    /**
     * Sets {@link RelayStats#sendFailed()}.
     *
     * @param sendFailed 0 by default
     * @return this
     * @throws IllegalArgumentException if it is negative
     */
    public RelayStatsBuilder sendFailed(long sendFailed) {
        outcomes.put(Outcome.SEND_FAILED, Counts.check("sendFailed", sendFailed));
        return this;
    }

    /**
     * Returns the statistics.
     *
     * @return the statistics
     */
    public RelayStats build() {
        return new RelayStats(this);
    }
}
