package io.wgsd.discovery.decide.move;

import io.wgsd.model.Endpoint;
import io.wgsd.model.IpAddress;
import io.wgsd.model.Moment;
import java.util.Optional;

/**
 * A session's leaving of the relay, and between which networks. Immutable and thread-safe.
 *
 * @param at when it left
 * @param self this host's address, as a registry saw it then
 * @param direct the peer's
 */
public record Departure(Moment at, Optional<IpAddress> self, Optional<IpAddress> direct) {

    static Departure of(MoveFacts facts, Moment at) {
        return new Departure(
                at, facts.self().map(Endpoint::address), facts.direct().map(Endpoint::address));
    }

    /** Returns whether both are where they were then, as far as that is known; another port is no other network. */
    boolean isBetween(MoveFacts facts) {
        return isSame(self, facts.self()) && isSame(direct, facts.direct());
    }

    private static boolean isSame(Optional<IpAddress> before, Optional<Endpoint> now) {
        return before.isEmpty()
                || now.isEmpty()
                || before.get().equals(now.get().address());
    }
}
