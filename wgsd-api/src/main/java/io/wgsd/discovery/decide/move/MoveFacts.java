package io.wgsd.discovery.decide.move;

import io.wgsd.discovery.decide.relay.PeerFacts;
import io.wgsd.model.Endpoint;
import java.util.Optional;

/**
 * What the registries say that decides whether there is a direct path; other facts are news, and a reason to look for
 * the path at once.
 *
 * @param direct where the peer is; empty where nobody says, or it cannot be used
 * @param self where this host is
 * @param peerFacts what is said of the peer's NAT
 * @param selfFacts what is said of this host's NAT
 * @param local where the peer is in this host's own network
 * @param other where else it can be reached from anywhere
 */
public record MoveFacts(
        Optional<Endpoint> direct,
        Optional<Endpoint> self,
        PeerFacts peerFacts,
        PeerFacts selfFacts,
        Optional<Endpoint> local,
        Optional<Endpoint> other) {

    /** Makes one of a peer that has registered nothing. */
    public MoveFacts(Optional<Endpoint> direct, Optional<Endpoint> self, PeerFacts peerFacts, PeerFacts selfFacts) {
        this(direct, self, peerFacts, selfFacts, Optional.empty(), Optional.empty());
    }

    static final MoveFacts NONE = new MoveFacts(Optional.empty(), Optional.empty(), PeerFacts.none(), PeerFacts.none());

    /** Returns whether neither NAT lets the other side in. */
    boolean isHopeless() {
        return selfFacts.isDependent() && peerFacts.isDependent();
    }

    /** Returns whether something is said that differs from what was said before; what is missing is no news. */
    boolean isNews(MoveFacts before) {
        return differs(direct, before.direct)
                || differs(self, before.self)
                || differs(local, before.local)
                || differs(other, before.other)
                || differs(peerFacts.natMapping(), before.peerFacts.natMapping())
                || differs(selfFacts.natMapping(), before.selfFacts.natMapping());
    }

    private static <T> boolean differs(Optional<T> now, Optional<T> before) {
        return now.isPresent() && !now.equals(before);
    }
}
