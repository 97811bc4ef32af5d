package io.wgsd.relay.session;

import io.wgsd.relay.noise.TransportKeys;

/** The keys of one session with a member, and when they were made. */
record Keypair(MemberSession session, TransportKeys keys, long born) {

    boolean expired(long now) {
        return now - born >= Protocol.REJECT_AFTER;
    }

    boolean wantsSuccessor(long now) {
        return keys.initiator() && now - born >= Protocol.REKEY_AFTER;
    }
}
