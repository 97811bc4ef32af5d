package io.wgsd.discovery.decide.local;

import io.wgsd.model.Endpoint;
import java.util.List;

/**
 * What a peer has registered of itself, as far as this host may try it. Immutable and thread-safe.
 *
 * @param local where it is in a network that this host is in too, best first
 * @param others where else it can be reached from anywhere, best first
 * @param awaited whether a registry has been asked for the first time, and has not answered yet
 */
public record Nearby(List<Endpoint> local, List<Endpoint> others, boolean awaited) {

    private static final Nearby NONE = new Nearby(List.of(), List.of(), false);
    private static final Nearby AWAITED = new Nearby(List.of(), List.of(), true);

    /** Copies the lists. */
    public Nearby {
        local = List.copyOf(local);
        others = List.copyOf(others);
    }

    public static Nearby none() {
        return NONE;
    }

    public static Nearby whileAwaited() {
        return AWAITED;
    }
}
