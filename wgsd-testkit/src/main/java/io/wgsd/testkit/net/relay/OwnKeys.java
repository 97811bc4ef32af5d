package io.wgsd.testkit.net.relay;

import io.wgsd.testkit.net.wireguard.Message;
import io.wgsd.testkit.net.wireguard.Plaintext;
import io.wgsd.testkit.net.wireguard.ReplayWindow;
import java.time.Duration;

/** The keys of one session of the relay's own with a member. */
final class OwnKeys {

    private static final long REKEY_AFTER = Duration.ofMinutes(2).toNanos();
    private static final long REJECT_AFTER = Duration.ofMinutes(3).toNanos();

    final OwnSession owner;
    final int localIndex;
    private final int remoteIndex;
    private final long session;
    private final boolean initiator;
    private final long born;
    private final ReplayWindow received = new ReplayWindow();
    private long sent;

    OwnKeys(OwnSession owner, int localIndex, int remoteIndex, long session, boolean initiator, long born) {
        this.owner = owner;
        this.localIndex = localIndex;
        this.remoteIndex = remoteIndex;
        this.session = session;
        this.initiator = initiator;
        this.born = born;
    }

    boolean isExpired(long now) {
        return now - born >= REJECT_AFTER;
    }

    /** Returns whether the relay has to begin the next session. */
    boolean wantsSuccessor(long now) {
        return initiator && now - born >= REKEY_AFTER;
    }

    boolean opens(Message.Transport message, long now) {
        return isOf(message.session(), now) && received.accept(message.counter());
    }

    boolean isOf(long otherSession, long now) {
        return session == otherSession && !isExpired(now);
    }

    Message.Transport keepalive() {
        return new Message.Transport(remoteIndex, session, sent++, Plaintext.KEEPALIVE);
    }
}
