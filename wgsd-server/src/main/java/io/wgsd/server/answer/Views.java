package io.wgsd.server.answer;

import io.wgsd.model.PublicKey;
import java.util.Map;

/**
 * The zone as each asker sees it, made when it changes and never for a question. Immutable and thread-safe.
 *
 * @param whole all of it, for this host, for secondaries and for who shows a key
 * @param peers what those peers see whom the policy names
 * @param others what all other peers see
 * @param outsiders what those see who are no peers
 * @param freshness how well it says what is so just now
 */
public record Views(
        Journal whole, Map<PublicKey, Journal> peers, Journal others, Journal outsiders, Freshness freshness) {

    /**
     * Makes views of a copy of the map.
     *
     * @param whole all of it
     * @param peers what some peers see
     * @param others what other peers see
     * @param outsiders what those see who are no peers
     * @param freshness how well it says what is so just now
     */
    public Views {
        peers = Map.copyOf(peers);
    }

    /**
     * Returns the views of a zone that nobody has anything to hide in.
     *
     * @param journal the zone
     * @return the same for everyone
     */
    public static Views same(Journal journal) {
        return new Views(journal, Map.of(), journal, journal, Freshness.FRESH);
    }

    /**
     * Returns the same views of another freshness.
     *
     * @param value how well they say what is so just now
     * @return new views
     */
    public Views with(Freshness value) {
        return value == freshness ? this : new Views(whole, peers, others, outsiders, value);
    }

    /**
     * Returns what an asker sees.
     *
     * @param grant what it was granted
     * @return the zone as it is for that asker, and its history
     */
    public Journal of(Grant grant) {
        PublicKey peer = grant.peer();
        if (grant.access() == Access.TRANSFER || (peer == null && grant.known())) {
            return whole;
        }
        return peer == null ? outsiders : peers.getOrDefault(peer, others);
    }
}
