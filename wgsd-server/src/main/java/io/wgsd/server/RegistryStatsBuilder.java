package io.wgsd.server;

import io.wgsd.internal.Counts;
import io.wgsd.spi.WireGuardException;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Collects statistics, all 0 or empty at first; not thread-safe. */
public final class RegistryStatsBuilder {

    long queries;
    long answered;
    long truncated;
    long transfers;
    long incrementalTransfers;
    long noData;
    long nameErrors;
    long refused;
    long malformed;
    long notReady;
    long dropped;
    long limited;
    long badSignatures;
    long forged;
    long polls;
    long failedPolls;

    @Nullable
    WireGuardException lastError;

    @Nullable
    Duration snapshotAge;

    RegistryStatsBuilder() {}

    /**
     * Sets {@link RegistryStats#queries()}.
     *
     * @param value 0 or more
     * @return this
     */
    public RegistryStatsBuilder queries(long value) {
        queries = Counts.check("queries", value);
        return this;
    }

    /**
     * Sets {@link RegistryStats#answered()}.
     *
     * @param value 0 or more
     * @return this
     */
    public RegistryStatsBuilder answered(long value) {
        answered = Counts.check("answered", value);
        return this;
    }

    /**
     * Sets {@link RegistryStats#truncated()}.
     *
     * @param value 0 or more
     * @return this
     */
    public RegistryStatsBuilder truncated(long value) {
        truncated = Counts.check("truncated", value);
        return this;
    }

    /**
     * Sets {@link RegistryStats#transfers()}.
     *
     * @param value 0 or more
     * @return this
     */
    public RegistryStatsBuilder transfers(long value) {
        transfers = Counts.check("transfers", value);
        return this;
    }

    /**
     * Sets {@link RegistryStats#incrementalTransfers()}.
     *
     * @param value 0 or more
     * @return this
     */
    public RegistryStatsBuilder incrementalTransfers(long value) {
        incrementalTransfers = Counts.check("incrementalTransfers", value);
        return this;
    }

    /**
     * Sets {@link RegistryStats#noData()}.
     *
     * @param value 0 or more
     * @return this
     */
    public RegistryStatsBuilder noData(long value) {
        noData = Counts.check("noData", value);
        return this;
    }

    /**
     * Sets {@link RegistryStats#nameErrors()}.
     *
     * @param value 0 or more
     * @return this
     */
    public RegistryStatsBuilder nameErrors(long value) {
        nameErrors = Counts.check("nameErrors", value);
        return this;
    }

    /**
     * Sets {@link RegistryStats#refused()}.
     *
     * @param value 0 or more
     * @return this
     */
    public RegistryStatsBuilder refused(long value) {
        refused = Counts.check("refused", value);
        return this;
    }

    /**
     * Sets {@link RegistryStats#malformed()}.
     *
     * @param value 0 or more
     * @return this
     */
    public RegistryStatsBuilder malformed(long value) {
        malformed = Counts.check("malformed", value);
        return this;
    }

    /**
     * Sets {@link RegistryStats#notReady()}.
     *
     * @param value 0 or more
     * @return this
     */
    public RegistryStatsBuilder notReady(long value) {
        notReady = Counts.check("notReady", value);
        return this;
    }

    /**
     * Sets {@link RegistryStats#dropped()}.
     *
     * @param value 0 or more
     * @return this
     */
    public RegistryStatsBuilder dropped(long value) {
        dropped = Counts.check("dropped", value);
        return this;
    }

    /**
     * Sets {@link RegistryStats#limited()}.
     *
     * @param value 0 or more
     * @return this
     */
    public RegistryStatsBuilder limited(long value) {
        limited = Counts.check("limited", value);
        return this;
    }

    /**
     * Sets {@link RegistryStats#badSignatures()}.
     *
     * @param value 0 or more
     * @return this
     */
    public RegistryStatsBuilder badSignatures(long value) {
        badSignatures = Counts.check("badSignatures", value);
        return this;
    }

    /**
     * Sets {@link RegistryStats#forged()}.
     *
     * @param value 0 or more
     * @return this
     */
    public RegistryStatsBuilder forged(long value) {
        forged = Counts.check("forged", value);
        return this;
    }

    /**
     * Sets {@link RegistryStats#polls()}.
     *
     * @param value 0 or more
     * @return this
     */
    public RegistryStatsBuilder polls(long value) {
        polls = Counts.check("polls", value);
        return this;
    }

    /**
     * Sets {@link RegistryStats#failedPolls()}.
     *
     * @param value 0 or more
     * @return this
     */
    public RegistryStatsBuilder failedPolls(long value) {
        failedPolls = Counts.check("failedPolls", value);
        return this;
    }

    /**
     * Sets {@link RegistryStats#lastError()}.
     *
     * @param value the error
     * @return this
     */
    public RegistryStatsBuilder lastError(WireGuardException value) {
        lastError = Objects.requireNonNull(value, "lastError");
        return this;
    }

    /**
     * Sets {@link RegistryStats#snapshotAge()}.
     *
     * @param value the age
     * @return this
     */
    public RegistryStatsBuilder snapshotAge(Duration value) {
        snapshotAge = Objects.requireNonNull(value, "snapshotAge");
        return this;
    }

    /**
     * Makes the statistics.
     *
     * @return the statistics
     */
    public RegistryStats build() {
        return new RegistryStats(this);
    }
}
