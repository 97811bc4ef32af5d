package io.wgsd.discovery;

import io.wgsd.internal.Counts;

/** What a client has asked since it was made, and what became of it. Immutable and thread-safe. */
public final class ClientStats {

    private final long questions;
    private final long sentByUdp;
    private final long sentByTcp;
    private final long answered;
    private final long timedOut;
    private final long refused;
    private final long failed;
    private final long cancelled;

    private ClientStats(Builder builder) {
        questions = builder.questions;
        sentByUdp = builder.sentByUdp;
        sentByTcp = builder.sentByTcp;
        answered = builder.answered;
        timedOut = builder.timedOut;
        refused = builder.refused;
        failed = builder.failed;
        cancelled = builder.cancelled;
    }

    /**
     * Begins statistics, as a client or a test makes them.
     *
     * @return a builder of statistics that count nothing
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns how many questions were asked.
     *
     * @return each once, however often it was sent
     */
    public long questions() {
        return questions;
    }

    /**
     * Returns how many queries were sent in datagrams.
     *
     * @return repeated ones among them
     */
    public long sentByUdp() {
        return sentByUdp;
    }

    /**
     * Returns how many queries were begun over TCP.
     *
     * @return those whose response did not fit into a datagram
     */
    public long sentByTcp() {
        return sentByTcp;
    }

    /**
     * Returns how many questions were answered.
     *
     * @return also by the response that there is no such name
     */
    public long answered() {
        return answered;
    }

    /**
     * Returns how many questions had no response in time.
     *
     * @return those that no server answered
     */
    public long timedOut() {
        return timedOut;
    }

    /**
     * Returns how many questions were refused.
     *
     * @return those to which the last word was that the server does not answer them
     */
    public long refused() {
        return refused;
    }

    /**
     * Returns how many questions failed otherwise.
     *
     * @return such as unreachable servers, malformed or unsigned responses
     */
    public long failed() {
        return failed;
    }

    /**
     * Returns how many questions were cancelled.
     *
     * @return by the caller, or because the client was closed
     */
    public long cancelled() {
        return cancelled;
    }

    @Override
    public String toString() {
        return "ClientStats["
                + "questions=" + questions
                + ", sentByUdp=" + sentByUdp
                + ", sentByTcp=" + sentByTcp
                + ", answered=" + answered
                + ", timedOut=" + timedOut
                + ", refused=" + refused
                + ", failed=" + failed
                + ", cancelled=" + cancelled
                + "]";
    }

    /** Collects the numbers; not thread-safe. */
    public static final class Builder {

        private long questions;
        private long sentByUdp;
        private long sentByTcp;
        private long answered;
        private long timedOut;
        private long refused;
        private long failed;
        private long cancelled;

        private Builder() {}

        /**
         * Sets how many questions were asked.
         *
         * @param questions 0 by default
         * @return this
         * @throws IllegalArgumentException if it is negative
         */
        public Builder questions(long questions) {
            this.questions = Counts.check("questions", questions);
            return this;
        }

        /**
         * Sets how many queries were sent in datagrams.
         *
         * @param sentByUdp 0 by default
         * @return this
         * @throws IllegalArgumentException if it is negative
         */
        public Builder sentByUdp(long sentByUdp) {
            this.sentByUdp = Counts.check("sentByUdp", sentByUdp);
            return this;
        }

        /**
         * Sets how many queries were begun over TCP.
         *
         * @param sentByTcp 0 by default
         * @return this
         * @throws IllegalArgumentException if it is negative
         */
        public Builder sentByTcp(long sentByTcp) {
            this.sentByTcp = Counts.check("sentByTcp", sentByTcp);
            return this;
        }

        /**
         * Sets how many questions were answered.
         *
         * @param answered 0 by default
         * @return this
         * @throws IllegalArgumentException if it is negative
         */
        public Builder answered(long answered) {
            this.answered = Counts.check("answered", answered);
            return this;
        }

        /**
         * Sets how many questions had no response in time.
         *
         * @param timedOut 0 by default
         * @return this
         * @throws IllegalArgumentException if it is negative
         */
        public Builder timedOut(long timedOut) {
            this.timedOut = Counts.check("timedOut", timedOut);
            return this;
        }

        /**
         * Sets how many questions were refused.
         *
         * @param refused 0 by default
         * @return this
         * @throws IllegalArgumentException if it is negative
         */
        public Builder refused(long refused) {
            this.refused = Counts.check("refused", refused);
            return this;
        }

        /**
         * Sets how many questions failed otherwise.
         *
         * @param failed 0 by default
         * @return this
         * @throws IllegalArgumentException if it is negative
         */
        public Builder failed(long failed) {
            this.failed = Counts.check("failed", failed);
            return this;
        }

        /**
         * Sets how many questions were cancelled.
         *
         * @param cancelled 0 by default
         * @return this
         * @throws IllegalArgumentException if it is negative
         */
        public Builder cancelled(long cancelled) {
            this.cancelled = Counts.check("cancelled", cancelled);
            return this;
        }

        /**
         * Returns the statistics.
         *
         * @return the statistics
         */
        public ClientStats build() {
            return new ClientStats(this);
        }
    }
}
