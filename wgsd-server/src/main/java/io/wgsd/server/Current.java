package io.wgsd.server;

import io.wgsd.server.answer.access.Grant;
import io.wgsd.server.transport.QuerySource;
import io.wgsd.server.zone.Freshness;
import io.wgsd.server.zone.ReadingAge;
import org.jspecify.annotations.Nullable;

/**
 * What is served now, and how fresh it is: written by the thread that reads, read by those that answer. Thread-safe.
 */
final class Current {

    private final ReadingAge age;
    private volatile @Nullable Snapshot snapshot;

    Current(ReadingAge age) {
        this.age = age;
    }

    void replace(Snapshot next) {
        snapshot = next;
    }

    /** Returns what is served; null before the device has been read. */
    @Nullable
    Snapshot snapshot() {
        return snapshot;
    }

    ReadingAge age() {
        return age;
    }

    Freshness freshness() {
        return age.freshness();
    }

    /** Returns what a client may have, of a snapshot where there is one. */
    static Grant grant(@Nullable Snapshot snapshot, QuerySource source) {
        return snapshot == null ? Grant.REFUSAL : snapshot.policy().grant(source.address(), source.arrival());
    }
}
