package io.wgsd.relay.state;

import io.wgsd.relay.forward.KeptRoute;
import io.wgsd.relay.session.Kept;
import java.util.List;

/**
 * What a relay keeps for its next start. Immutable and thread-safe.
 *
 * @param sessions of its own sessions
 * @param routes of what goes between members
 */
public record State(Kept sessions, List<KeptRoute> routes) {

    /**
     * Copies the list.
     *
     * @param sessions of its own sessions
     * @param routes of what goes between members
     */
    public State {
        routes = List.copyOf(routes);
    }

    /**
     * Returns what is kept before there is anything.
     *
     * @return nothing
     */
    public static State nothing() {
        return new State(Kept.nothing(), List.of());
    }
}
