package io.wgsd.relay.forward;

import io.wgsd.relay.roster.Member;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An initiation that was sent on and that the responder may answer.
 *
 * @param initiator whose it is, by the source that it came from, which only a response confirms
 * @param responder for whom it is
 * @param index under which the initiator receives
 * @param expires until when a response counts
 */
record Pending(Member initiator, Member responder, int index, long expires) {

    /** All of them, by index and by age. */
    static final class Table {

        private final Map<Integer, List<Pending>> byIndex = new HashMap<>();
        private final Deque<Pending> byAge = new ArrayDeque<>();

        /** Returns whether it was not there yet. */
        boolean add(Pending pending) {
            List<Pending> same = byIndex.computeIfAbsent(pending.index, index -> new ArrayList<>(1));
            boolean known = same.stream()
                    .anyMatch(other -> other.initiator == pending.initiator && other.responder == pending.responder);
            if (!known) {
                same.add(pending);
                byAge.add(pending);
            }
            return !known;
        }

        List<Pending> find(int index) {
            return byIndex.getOrDefault(index, List.of());
        }

        /** Takes the oldest out if it has expired. */
        @Nullable
        Pending pollExpired(long now) {
            Pending oldest = byAge.peek();
            if (oldest == null || now < oldest.expires) {
                return null;
            }
            byAge.remove();
            List<Pending> same = byIndex.get(oldest.index);
            if (same != null) {
                same.remove(oldest);
                if (same.isEmpty()) {
                    byIndex.remove(oldest.index);
                }
            }
            return oldest;
        }

        int size() {
            return byAge.size();
        }
    }
}
