package io.wgsd.discovery.lookup;

import io.wgsd.discovery.decide.session.Session;
import io.wgsd.model.Device;
import io.wgsd.model.Moment;
import io.wgsd.model.Peer;
import io.wgsd.model.PublicKey;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * A device as it was read at one moment, with what several readings say of its sessions. Immutable and thread-safe.
 *
 * @param device the device
 * @param sessions a session for each peer
 * @param at when it was read
 */
record SessionReading(Device device, Map<PublicKey, Session> sessions, Moment at) {

    SessionReading {
        sessions = Map.copyOf(sessions);
    }

    static SessionReading first(Device device, Moment at) {
        return new SessionReading(device, Map.of(), at).next(device, at);
    }

    /** Returns a later reading of the same device. */
    SessionReading next(Device later, Moment then) {
        Map<PublicKey, Session> known = new HashMap<>();
        for (Peer peer : later.peers()) {
            Session before = sessions.get(peer.publicKey());
            known.put(peer.publicKey(), before == null ? Session.first(peer, then) : before.next(peer, then));
        }
        return new SessionReading(later, known, then);
    }

    /** Returns the same after these peers were sent a datagram each. */
    SessionReading sent(Collection<PublicKey> keys) {
        Map<PublicKey, Session> after = new HashMap<>(sessions);
        keys.forEach(key -> after.computeIfPresent(key, (same, session) -> session.sent()));
        return new SessionReading(device, after, at);
    }

    /** Returns a peer's session; if the peer was not seen before, by this reading alone. */
    Session session(Peer peer) {
        Session session = sessions.get(peer.publicKey());
        return session == null ? Session.first(peer, at) : session;
    }

    boolean isLive(Peer peer) {
        return session(peer).isLive(at);
    }
}
