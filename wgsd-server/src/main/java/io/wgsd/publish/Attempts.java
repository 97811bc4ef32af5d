package io.wgsd.publish;

import io.wgsd.model.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What came of a publisher's attempts. Thread-safe. */
final class Attempts {

    private final InstantSource clock;
    private final LongSupplier nanoClock;

    // All of it belongs to this object's monitor.
    private long all;
    private long failed;
    private long peersWritten;
    private boolean published;
    private long publishedAt;
    private boolean everPublished;
    private @Nullable PublishException lastError;
    private @Nullable Instant failingSince;
    private @Nullable Throwable fatalError;
    private Set<PublicKey> passedOver = Set.of();

    Attempts(InstantSource clock, LongSupplier nanoClock) {
        this.clock = clock;
        this.nanoClock = nanoClock;
    }

    synchronized void succeeded(int peers) {
        all++;
        peersWritten += peers;
        published = true;
        everPublished = true;
        publishedAt = nanoClock.getAsLong();
        failingSince = null;
    }

    synchronized void failed(PublishException error) {
        all++;
        failed++;
        published = false;
        lastError = error;
        if (failingSince == null) {
            failingSince = clock.instant();
        }
    }

    synchronized void passedOver(Set<PublicKey> peers) {
        passedOver = Set.copyOf(peers);
    }

    synchronized void ended(Throwable error) {
        published = false;
        fatalError = error;
    }

    synchronized PublisherStats stats() {
        PublisherStats.Builder stats =
                PublisherStats.builder().attempts(all).failedAttempts(failed).peersWritten(peersWritten);
        if (lastError != null) {
            stats.lastError(lastError);
        }
        if (everPublished) {
            stats.successAge(Duration.ofNanos(nanoClock.getAsLong() - publishedAt));
        }
        return stats.build();
    }

    synchronized PublisherHealth health() {
        PublisherHealth.Builder health =
                PublisherHealth.builder().published(published).passedOver(passedOver);
        if (failingSince != null) {
            health.failingSince(failingSince);
            if (lastError != null) {
                health.error(lastError);
            }
        }
        if (fatalError != null) {
            health.fatalError(fatalError);
        }
        return health.build();
    }
}
