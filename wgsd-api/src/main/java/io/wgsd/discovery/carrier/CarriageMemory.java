package io.wgsd.discovery.carrier;

import io.wgsd.internal.tls.Destination;
import io.wgsd.model.Moment;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered from one decision to the next. Immutable and thread-safe.
 *
 * @param lines the peers whose packets may be carried
 * @param begun since when connections are wanted; null while they are not
 * @param leaving since when they are not wanted any more, but kept for what is under way; null while that does not apply
 */
record CarriageMemory(
        Map<Destination, LineMemory> lines,
        @Nullable Moment begun,
        @Nullable Moment leaving) {

    CarriageMemory {
        lines = Map.copyOf(lines);
    }

    static CarriageMemory none() {
        return new CarriageMemory(Map.of(), null, null);
    }

    /** Returns what is remembered where nothing could be done about one of them: it is attempted again. */
    CarriageMemory undone(Destination destination, CarriageMemory before) {
        Map<Destination, LineMemory> next = new HashMap<>(lines);
        LineMemory known = before.lines.get(destination);
        if (known == null) {
            next.remove(destination);
        } else {
            next.put(destination, known);
        }
        return new CarriageMemory(next, begun, leaving);
    }

    /** Returns whether a peer's packets are carried. */
    boolean isCarried(Destination destination) {
        LineMemory line = lines.get(destination);
        return line != null && line.carried();
    }

    /** Returns whether any peer's packets are carried. */
    boolean isAnyCarried() {
        return lines.values().stream().anyMatch(LineMemory::carried);
    }
}
