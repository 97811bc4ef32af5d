package io.wgsd.discovery.decide.relay;

import io.wgsd.internal.SplitMix64;
import io.wgsd.model.Endpoint;
import io.wgsd.model.PublicKey;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Chooses the relay of a pair: pure functions, which give both sides the same result if they know the same relays, and
 * spread pairs over them.
 */
public final class RelayChoice {

    private RelayChoice() {}

    /**
     * Returns the way to a peer by the relay that both have and that comes first for this pair, by rendezvous hashing:
     * if one relay goes, only its own pairs move.
     *
     * @param own this host's key
     * @param peer the peer's key
     * @param usable the relays to which this host has a session, with their endpoints
     * @param hearing the relays that hear the peer
     * @return the way; empty where they have no relay in common
     */
    public static Optional<RelayRoute> of(
            PublicKey own, PublicKey peer, Map<PublicKey, Endpoint> usable, Collection<PublicKey> hearing) {
        return hearing.stream()
                .filter(usable::containsKey)
                .min(Comparator.<PublicKey>comparingLong(relay -> weight(own, peer, relay))
                        .thenComparing(Comparator.naturalOrder()))
                .map(relay -> new RelayRoute(relay, Objects.requireNonNull(usable.get(relay))));
    }

    /** Returns a number that looks random, the same for both sides. */
    private static long weight(PublicKey own, PublicKey peer, PublicKey relay) {
        return SplitMix64.mix(0, (long) own.hashCode() + peer.hashCode(), relay.hashCode());
    }
}
