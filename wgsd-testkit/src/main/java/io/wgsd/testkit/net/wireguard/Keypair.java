package io.wgsd.testkit.net.wireguard;

/** The keys of one session, as one side has them (drivers/net/wireguard/noise.h, struct noise_keypair). */
final class Keypair implements IndexTable.Entry {

    final WireGuardPeer peer;
    final long session;
    final int localIndex;
    final int remoteIndex;
    final boolean initiator;
    final long birth;
    boolean canSend = true;
    boolean canReceive = true;
    private final ReplayWindow received = new ReplayWindow();
    private long sent;

    Keypair(WireGuardPeer peer, Handshake handshake, boolean initiator, long birth) {
        this.peer = peer;
        this.session = handshake.session();
        this.localIndex = handshake.localIndex();
        this.remoteIndex = handshake.remoteIndex();
        this.initiator = initiator;
        this.birth = birth;
    }

    boolean isOlderThan(long age, long now) {
        return birth + age <= now;
    }

    Message.Transport seal(Plaintext plaintext) {
        return new Message.Transport(remoteIndex, session, sent++, plaintext);
    }

    /** Returns whether a message can be decrypted under these keys: they are not too old, and it is not a replay. */
    boolean opens(Message.Transport message, long now) {
        if (isOlderThan(Protocol.REJECT_AFTER_TIME, now)) {
            canReceive = false;
        }
        return canReceive && message.session() == session && received.accept(message.counter());
    }
}
