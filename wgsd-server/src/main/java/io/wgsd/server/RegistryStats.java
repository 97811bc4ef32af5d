package io.wgsd.server;

import io.wgsd.spi.WireGuardException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a registry has done since it was started, and how old its latest reading is. Immutable and thread-safe. */
public final class RegistryStats {

    private final long queries;
    private final long answered;
    private final long truncated;
    private final long transfers;
    private final long incrementalTransfers;
    private final long noData;
    private final long nameErrors;
    private final long refused;
    private final long malformed;
    private final long notReady;
    private final long dropped;
    private final long limited;
    private final long badSignatures;
    private final long forged;
    private final long polls;
    private final long failedPolls;
    private final @Nullable WireGuardException lastError;
    private final @Nullable Duration snapshotAge;

    RegistryStats(RegistryStatsBuilder builder) {
        queries = builder.queries;
        answered = builder.answered;
        truncated = builder.truncated;
        transfers = builder.transfers;
        incrementalTransfers = builder.incrementalTransfers;
        noData = builder.noData;
        nameErrors = builder.nameErrors;
        refused = builder.refused;
        malformed = builder.malformed;
        notReady = builder.notReady;
        dropped = builder.dropped;
        limited = builder.limited;
        badSignatures = builder.badSignatures;
        forged = builder.forged;
        polls = builder.polls;
        failedPolls = builder.failedPolls;
        lastError = builder.lastError;
        snapshotAge = builder.snapshotAge;
    }

    /**
     * Begins statistics, as for a test of what shows them.
     *
     * @return a builder of statistics that count nothing
     */
    public static RegistryStatsBuilder builder() {
        return new RegistryStatsBuilder();
    }

    /**
     * Returns how many messages were received.
     *
     * @return all of them, whether they were answered or not
     */
    public long queries() {
        return queries;
    }

    /**
     * Returns how many were answered with records, or with the flag that asks the client to repeat the question over
     * TCP.
     *
     * @return the positive answers, truncated ones among them
     */
    public long answered() {
        return answered;
    }

    /**
     * Returns how many answers did not fit into a datagram.
     *
     * @return the answers with TC
     */
    public long truncated() {
        return truncated;
    }

    /**
     * Returns how many zone transfers were begun.
     *
     * @return AXFR, and IXFR that got the whole zone
     */
    public long transfers() {
        return transfers;
    }

    /**
     * Returns how many transfers of changes only were begun.
     *
     * @return IXFR that got what had changed since the client's serial
     */
    public long incrementalTransfers() {
        return incrementalTransfers;
    }

    /**
     * Returns how many asked for a type that a name does not have.
     *
     * @return the answers without data
     */
    public long noData() {
        return noData;
    }

    /**
     * Returns how many asked for a name that does not exist, such as that of a peer without an endpoint.
     *
     * @return the answers with NXDOMAIN
     */
    public long nameErrors() {
        return nameErrors;
    }

    /**
     * Returns how many asked for what they may not have, or for another zone.
     *
     * @return the answers with REFUSED
     */
    public long refused() {
        return refused;
    }

    /**
     * Returns how many messages were not understood, or asked in a way that is not offered.
     *
     * @return the answers with FORMERR, NOTIMP and BADVERS
     */
    public long malformed() {
        return malformed;
    }

    /**
     * Returns how many came before the device had first been read, or could not be answered because of a fault of this
     * library.
     *
     * @return the answers with SERVFAIL
     */
    public long notReady() {
        return notReady;
    }

    /**
     * Returns how many got no answer.
     *
     * @return messages that were responses or no messages at all, those from forged sources, and half of those that
     *     were {@link #limited()}
     */
    public long dropped() {
        return dropped;
    }

    /**
     * Returns how many came from a network that asked for too much by UDP, and without a cookie.
     *
     * @return the messages that were dropped for that, or answered with the flag that asks the client to repeat the
     *     question over TCP
     */
    public long limited() {
        return limited;
    }

    /**
     * Returns how many were signed with an unknown key, or not as that key signs, or at another time.
     *
     * @return the answers with NOTAUTH for that
     */
    public long badSignatures() {
        return badSignatures;
    }

    /**
     * Returns how many had a source inside the tunnel and had not come through it.
     *
     * @return the messages from forged sources, all dropped
     */
    public long forged() {
        return forged;
    }

    /**
     * Returns how often the device was read.
     *
     * @return the readings, failed ones among them
     */
    public long polls() {
        return polls;
    }

    /**
     * Returns how often the device could not be read.
     *
     * @return the readings that failed
     */
    public long failedPolls() {
        return failedPolls;
    }

    /**
     * Returns why the device could not be read the last time that a reading failed.
     *
     * @return the error; empty if there never was one
     */
    public Optional<WireGuardException> lastError() {
        return Optional.ofNullable(lastError);
    }

    /**
     * Returns how long ago the reading that is served was made.
     *
     * @return the age; empty before the first reading
     */
    public Optional<Duration> snapshotAge() {
        return Optional.ofNullable(snapshotAge);
    }

    @Override
    public String toString() {
        return "RegistryStats[queries=" + queries + ", answered=" + answered + ", noData=" + noData
                + ", nameErrors=" + nameErrors + ", refused=" + refused + ", malformed=" + malformed
                + ", notReady=" + notReady + ", dropped=" + dropped + ", limited=" + limited + ", badSignatures="
                + badSignatures + ", polls=" + polls + ", failedPolls="
                + failedPolls + ", snapshotAge=" + (snapshotAge == null ? "none" : snapshotAge) + "]";
    }
}
