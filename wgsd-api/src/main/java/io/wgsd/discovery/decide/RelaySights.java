package io.wgsd.discovery.decide;

import io.wgsd.discovery.decide.relay.RelaySight;
import io.wgsd.model.Moment;
import io.wgsd.model.PublicKey;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What a decision about relays has to know of peers: a pure function. */
final class RelaySights {

    private RelaySights() {}

    /**
     * Returns what is seen of the relays, and of the peers that run over them as of the reading before this one: what
     * peers show now depends on which relays they may use.
     */
    static RelaySight of(AgentMemory state, Observation seen) {
        Set<PublicKey> used = new HashSet<>();
        Map<PublicKey, Moment> silent = new HashMap<>();
        Map<PublicKey, Moment> needed = new HashMap<>();
        for (PeerMemory peer : state.peers().values()) {
            Moment without = peer.without();
            if (without != null) {
                seen.relays()
                        .of(peer.peer().publicKey())
                        .relays()
                        .forEach(relay -> needed.merge(relay, without, RelaySights::later));
            }
            PublicKey relay = peer.relay();
            if (relay != null) {
                used.add(relay);
                peer.session().silentSince().ifPresent(since -> silent.merge(relay, since, RelaySights::later));
            }
        }
        return new RelaySight(
                seen.device(),
                seen.relays(),
                seen.kept(),
                used,
                silent,
                needed,
                seen.roundTrip(),
                seen.self(),
                seen.at());
    }

    private static Moment later(Moment one, Moment other) {
        return one.isAfter(other) ? one : other;
    }
}
