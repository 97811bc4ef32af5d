package io.wgsd.discovery;

import io.wgsd.internal.Counts;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** What an agent has done since it was started, and how its peers are. Immutable and thread-safe. */
public final class AgentStats {

    private final long readings;
    private final long failedReadings;
    private final long writes;
    private final long failedWrites;
    private final long endpointsSet;
    private final long restarts;
    private final long datagrams;
    private final long keepalivesLent;
    private final Map<PeerState, Integer> peers;

    private AgentStats(Builder builder) {
        readings = builder.readings;
        failedReadings = builder.failedReadings;
        writes = builder.writes;
        failedWrites = builder.failedWrites;
        endpointsSet = builder.endpointsSet;
        restarts = builder.restarts;
        datagrams = builder.datagrams;
        keepalivesLent = builder.keepalivesLent;
        peers = Collections.unmodifiableMap(new EnumMap<>(builder.peers));
    }

    /**
     * Begins statistics, as an agent or a test makes them.
     *
     * @return a builder of statistics that count nothing
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns how often the device was read.
     *
     * @return the readings that succeeded
     */
    public long readings() {
        return readings;
    }

    /**
     * Returns how often the device could not be read.
     *
     * @return the readings that failed, without those that the end of the agent broke off
     */
    public long failedReadings() {
        return failedReadings;
    }

    /**
     * Returns how often the device was written.
     *
     * @return the changes that WireGuard took, each of which may concern several peers
     */
    public long writes() {
        return writes;
    }

    /**
     * Returns how often the device could not be written, or not wholly.
     *
     * @return the changes that failed
     */
    public long failedWrites() {
        return failedWrites;
    }

    /**
     * Returns how many endpoints were set.
     *
     * @return those of which {@link AgentEvent.EndpointSet} was reported
     */
    public long endpointsSet() {
        return endpointsSet;
    }

    /**
     * Returns how many peers were restarted.
     *
     * @return the peers that were removed and added again
     */
    public long restarts() {
        return restarts;
    }

    /**
     * Returns how many peers were sent a datagram through the tunnel.
     *
     * @return the peers that the {@link Trigger} was given
     */
    public long datagrams() {
        return datagrams;
    }

    /**
     * Returns how many persistent keepalives were lent.
     *
     * @return the peers whose keepalive was switched on, now or before
     */
    public long keepalivesLent() {
        return keepalivesLent;
    }

    /**
     * Returns how many peers are in each state.
     *
     * @return a number for each state that a peer is in; unmodifiable
     */
    public Map<PeerState, Integer> peers() {
        return peers;
    }

    @Override
    public String toString() {
        return "AgentStats["
                + "readings=" + readings
                + ", failedReadings=" + failedReadings
                + ", writes=" + writes
                + ", failedWrites=" + failedWrites
                + ", endpointsSet=" + endpointsSet
                + ", restarts=" + restarts
                + ", datagrams=" + datagrams
                + ", keepalivesLent=" + keepalivesLent
                + ", peers=" + peers + "]";
    }

    /** Collects the numbers; not thread-safe. */
    public static final class Builder {

        private long readings;
        private long failedReadings;
        private long writes;
        private long failedWrites;
        private long endpointsSet;
        private long restarts;
        private long datagrams;
        private long keepalivesLent;
        private final Map<PeerState, Integer> peers = new EnumMap<>(PeerState.class);

        private Builder() {}

        /**
         * Sets how often the device was read.
         *
         * @param readings 0 by default
         * @return this
         * @throws IllegalArgumentException if it is negative
         */
        public Builder readings(long readings) {
            this.readings = Counts.check("readings", readings);
            return this;
        }

        /**
         * Sets how often the device could not be read.
         *
         * @param failedReadings 0 by default
         * @return this
         * @throws IllegalArgumentException if it is negative
         */
        public Builder failedReadings(long failedReadings) {
            this.failedReadings = Counts.check("failedReadings", failedReadings);
            return this;
        }

        /**
         * Sets how often the device was written.
         *
         * @param writes 0 by default
         * @return this
         * @throws IllegalArgumentException if it is negative
         */
        public Builder writes(long writes) {
            this.writes = Counts.check("writes", writes);
            return this;
        }

        /**
         * Sets how often the device could not be written, or not wholly.
         *
         * @param failedWrites 0 by default
         * @return this
         * @throws IllegalArgumentException if it is negative
         */
        public Builder failedWrites(long failedWrites) {
            this.failedWrites = Counts.check("failedWrites", failedWrites);
            return this;
        }

        /**
         * Sets how many endpoints were set.
         *
         * @param endpointsSet 0 by default
         * @return this
         * @throws IllegalArgumentException if it is negative
         */
        public Builder endpointsSet(long endpointsSet) {
            this.endpointsSet = Counts.check("endpointsSet", endpointsSet);
            return this;
        }

        /**
         * Sets how many peers were restarted.
         *
         * @param restarts 0 by default
         * @return this
         * @throws IllegalArgumentException if it is negative
         */
        public Builder restarts(long restarts) {
            this.restarts = Counts.check("restarts", restarts);
            return this;
        }

        /**
         * Sets how many peers were sent a datagram through the tunnel.
         *
         * @param datagrams 0 by default
         * @return this
         * @throws IllegalArgumentException if it is negative
         */
        public Builder datagrams(long datagrams) {
            this.datagrams = Counts.check("datagrams", datagrams);
            return this;
        }

        /**
         * Sets how many persistent keepalives were lent.
         *
         * @param keepalivesLent 0 by default
         * @return this
         * @throws IllegalArgumentException if it is negative
         */
        public Builder keepalivesLent(long keepalivesLent) {
            this.keepalivesLent = Counts.check("keepalivesLent", keepalivesLent);
            return this;
        }

        /**
         * Sets how many peers are in a state.
         *
         * @param state the state
         * @param count how many; a state without a number has no entry
         * @return this
         * @throws IllegalArgumentException if it is negative
         */
        public Builder peers(PeerState state, int count) {
            peers.put(Objects.requireNonNull(state, "state"), Counts.check("peers", count));
            return this;
        }

        /**
         * Returns the statistics.
         *
         * @return the statistics
         */
        public AgentStats build() {
            return new AgentStats(this);
        }
    }
}
