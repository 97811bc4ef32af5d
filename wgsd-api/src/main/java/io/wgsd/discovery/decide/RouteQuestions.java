package io.wgsd.discovery.decide;

import io.wgsd.discovery.PeerState;
import io.wgsd.discovery.decide.local.Nearby;
import io.wgsd.discovery.decide.relay.RelayNews;
import io.wgsd.model.Moment;
import io.wgsd.model.PublicKey;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which routes a decision depends on, so that they are asked for before it is made: pure functions.
 *
 * <p>No question is about a peer with a live session that needs nothing, since thousands of them are read each second.
 */
public final class RouteQuestions {

    private RouteQuestions() {}

    /**
     * Returns the peers of which a decision needs to know whether a datagram can be sent to them through the tunnel.
     *
     * @param readings what is remembered of each peer, this reading included ({@link AgentMemory#read})
     * @param candidates where each peer may be
     * @param kept the peers that are never written
     * @param relays what the registries say of relays
     * @param at when the device was read
     */
    public static Set<PublicKey> of(
            List<PeerMemory> readings,
            Map<PublicKey, List<Candidate>> candidates,
            Set<PublicKey> kept,
            RelayNews relays,
            Moment at) {
        Set<PublicKey> questions = new HashSet<>();
        for (PeerMemory peer : readings) {
            PublicKey key = peer.peer().publicKey();
            if (!kept.contains(key) && isNeeded(peer, candidates.getOrDefault(key, List.of()), relays, at)) {
                questions.add(key);
            }
        }
        return questions;
    }

    private static boolean isNeeded(PeerMemory peer, List<Candidate> candidates, RelayNews relays, Moment at) {
        if (peer.session().isLive(at)) {
            return peer.attempts() != null
                    || PeerDecider.isRenewed(peer.peer(), peer.session(), at)
                    || Suspicion.news(peer.peer(), candidates).isPresent()
                    || ((peer.session().silentSince().isPresent() || RelayFallback.isAsked(peer, at))
                            && hasRelay(peer, relays));
        }
        return peer.session().isUnproven()
                || peer.isConnected()
                || peer.state() == PeerState.SUSPECT
                || !PeerDecider.targets(peer, candidates, Nearby.none(), at).isEmpty()
                || hasRelay(peer, relays);
    }

    private static boolean hasRelay(PeerMemory peer, RelayNews relays) {
        return !relays.relays().isEmpty()
                && !relays.of(peer.peer().publicKey()).relays().isEmpty();
    }
}
