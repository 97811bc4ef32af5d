package io.wgsd.server;

import io.wgsd.server.answer.ServedMembers;
import io.wgsd.server.answer.access.Grant;
import io.wgsd.server.transport.QuerySource;
import io.wgsd.server.zone.Freshness;
import io.wgsd.server.zone.ReadingAge;
import org.jspecify.annotations.Nullable;

/**
 * What is served now, and how fresh it is: written by the thread that reads, and of members by the one that has a newer
 * list; read by those that answer. Thread-safe.
 */
final class Current {

    private final ReadingAge age;
    private volatile @Nullable Snapshot snapshot;
    private volatile @Nullable ServedMembers members;

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

    /** Answers questions about a network's members from this from now on. */
    void serve(ServedMembers next) {
        members = next;
    }

    /** Returns what such questions are answered from; null where there is no such zone. */
    @Nullable
    ServedMembers members() {
        return members;
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
