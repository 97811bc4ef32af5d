package io.wgsd.server;

import io.wgsd.server.answer.Outcome;
import io.wgsd.spi.WireGuardException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a registry has done since it was started, and how fresh it is. Immutable and thread-safe. */
public final class RegistryStats {

    private final Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
    private final long polls;
    private final long failedPolls;
    private final @Nullable WireGuardException lastError;
    private final @Nullable Duration snapshotAge;

    RegistryStats(
            Tally tally,
            long polls,
            long failedPolls,
            @Nullable WireGuardException lastError,
            @Nullable Duration snapshotAge) {
        for (Outcome outcome : Outcome.values()) {
            outcomes.put(outcome, tally.of(outcome));
        }
        this.polls = polls;
        this.failedPolls = failedPolls;
        this.lastError = lastError;
        this.snapshotAge = snapshotAge;
    }

    /**
     * Returns how many messages were received.
     *
     * @return all of them, whatever became of them
     */
    public long queries() {
        return outcomes.values().stream().mapToLong(Long::longValue).sum();
    }

    /**
     * Returns how many were answered with records, or with the word to come again by TCP.
     *
     * @return the positive answers, truncated ones among them
     */
    public long answered() {
        return count(Outcome.ANSWERED) + truncated();
    }

    /**
     * Returns how many answers did not fit into a datagram.
     *
     * @return the answers with TC
     */
    public long truncated() {
        return count(Outcome.TRUNCATED);
    }

    /**
     * Returns how many zone transfers were begun.
     *
     * @return AXFR, and IXFR that got the whole zone
     */
    public long transfers() {
        return count(Outcome.TRANSFERRED);
    }

    /**
     * Returns how many transfers of mere changes were begun.
     *
     * @return IXFR that got what had changed since the asker's serial
     */
    public long incrementalTransfers() {
        return count(Outcome.TRANSFERRED_CHANGES);
    }

    /**
     * Returns how many asked for a type that a name does not have.
     *
     * @return the answers without data
     */
    public long noData() {
        return count(Outcome.NO_DATA);
    }

    /**
     * Returns how many asked for a name that does not exist, such as that of a peer without an endpoint.
     *
     * @return the answers with NXDOMAIN
     */
    public long nameErrors() {
        return count(Outcome.NAME_ERROR);
    }

    /**
     * Returns how many asked for what they may not have, or for another zone.
     *
     * @return the answers with REFUSED
     */
    public long refused() {
        return count(Outcome.REFUSED);
    }

    /**
     * Returns how many messages were not understood, or not spoken in a way that is offered.
     *
     * @return the answers with FORMERR, NOTIMP and BADVERS
     */
    public long malformed() {
        return count(Outcome.MALFORMED) + count(Outcome.NOT_IMPLEMENTED) + count(Outcome.BAD_VERSION);
    }

    /**
     * Returns how many came before the device had first been read, or could not be answered by a fault of this library.
     *
     * @return the answers with SERVFAIL
     */
    public long notReady() {
        return count(Outcome.NOT_READY);
    }

    /**
     * Returns how many were met with silence.
     *
     * @return messages that were responses or no messages at all, those from forged sources, and half of those that were
     *     {@link #limited()}
     */
    public long dropped() {
        return forged() + count(Outcome.IGNORED) + count(Outcome.LIMITED);
    }

    /**
     * Returns how many came from a network that asked for too much by UDP, and without a cookie.
     *
     * @return the messages that were dropped for that, or answered with the word to come again otherwise
     */
    public long limited() {
        return count(Outcome.LIMITED) + count(Outcome.PUT_OFF);
    }

    /**
     * Returns how many were signed with a key that is not known here, or not as that key signs, or at another time.
     *
     * @return the answers with NOTAUTH for that
     */
    public long badSignatures() {
        return count(Outcome.BAD_SIGNATURE);
    }

    /**
     * Returns how many had a source inside the tunnel without having come through it.
     *
     * @return the messages from forged sources, all dropped
     */
    public long forged() {
        return count(Outcome.FORGED);
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
     * Returns why the device could not be read the last time when it could not.
     *
     * @return the error; empty if there never was one
     */
    public Optional<WireGuardException> lastError() {
        return Optional.ofNullable(lastError);
    }

    /**
     * Returns how long ago the device that is served was read.
     *
     * @return the age; empty before the first reading
     */
    public Optional<Duration> snapshotAge() {
        return Optional.ofNullable(snapshotAge);
    }

    @Override
    public String toString() {
        return "RegistryStats[queries=" + queries() + ", answered=" + answered() + ", noData=" + noData()
                + ", nameErrors=" + nameErrors() + ", refused=" + refused() + ", malformed=" + malformed()
                + ", notReady=" + notReady() + ", dropped=" + dropped() + ", limited=" + limited() + ", badSignatures="
                + badSignatures() + ", polls=" + polls + ", failedPolls="
                + failedPolls + ", snapshotAge=" + (snapshotAge == null ? "none" : snapshotAge) + "]";
    }

    private long count(Outcome outcome) {
        return outcomes.getOrDefault(outcome, 0L);
    }
}
