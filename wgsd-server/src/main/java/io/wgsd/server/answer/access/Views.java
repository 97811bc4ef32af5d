package io.wgsd.server.answer.access;

import io.wgsd.model.PublicKey;
import java.util.Map;

/**
 * What each client sees, made when the zone changes and never for a question. Immutable and thread-safe.
 *
 * @param whole all of it, for this host, for secondaries and for clients with a key
 * @param peers what those peers see whom the policy names
 * @param others what all other peers see
 * @param outsiders what those see who are no peers
 * @param <T> in which form it is seen
 */
public record Views<T>(T whole, Map<PublicKey, T> peers, T others, T outsiders) {

    public Views {
        peers = Map.copyOf(peers);
    }

    /** Returns the views of what nobody has anything to hide in. */
    public static <T> Views<T> same(T whole) {
        return new Views<>(whole, Map.of(), whole, whole);
    }

    /** Returns what a client sees. */
    public T of(Grant grant) {
        PublicKey peer = grant.peer();
        if (grant.access() == Access.TRANSFER || (peer == null && grant.known())) {
            return whole;
        }
        return peer == null ? outsiders : peers.getOrDefault(peer, others);
    }
}
