package io.wgsd.testkit.net.wireguard;

import io.wgsd.testkit.net.random.Randomness;
import io.wgsd.testkit.net.time.Alarm;
import io.wgsd.testkit.net.time.EventLoop;

/**
 * A peer's five timers, and what sets and stops them (drivers/net/wireguard/timers.c; wireguard-go, device/timers.go).
 */
final class PeerTimers {

    private final WireGuardPeer peer;
    private final WireGuardDevice device;
    private final TimerClock clock;
    private final Randomness random;
    private final EventLoop loop;
    private final Alarm retransmitHandshake;
    private final Alarm sendKeepalive;
    private final Alarm newHandshake;
    private final Alarm zeroKeyMaterial;
    private final Alarm persistentKeepalive;
    private int handshakeAttempts;
    private boolean needAnotherKeepalive;

    PeerTimers(WireGuardPeer peer, WireGuardDevice device) {
        this.peer = peer;
        this.device = device;
        this.clock = device.clock();
        this.random = device.random();
        this.loop = device.loop();
        retransmitHandshake = new Alarm(loop, this::retransmitHandshakeExpired);
        sendKeepalive = new Alarm(loop, this::sendKeepaliveExpired);
        newHandshake = new Alarm(loop, () -> peer.initiate(false));
        zeroKeyMaterial = new Alarm(loop, peer::zeroKeyMaterial);
        persistentKeepalive = new Alarm(loop, peer::sendPersistentKeepalive);
    }

    void handshakeBegins() {
        handshakeAttempts = 0;
    }

    void dataSent() {
        if (device.isUp() && !newHandshake.isPending()) {
            setWithJitter(newHandshake, Protocol.KEEPALIVE_TIMEOUT + Protocol.REKEY_TIMEOUT);
        }
    }

    void dataReceived() {
        if (!device.isUp()) {
            return;
        }
        if (sendKeepalive.isPending()) {
            needAnotherKeepalive = true;
        } else {
            set(sendKeepalive, Protocol.KEEPALIVE_TIMEOUT);
        }
    }

    void anyAuthenticatedPacketSent() {
        sendKeepalive.clear();
    }

    void anyAuthenticatedPacketReceived() {
        newHandshake.clear();
    }

    void anyAuthenticatedPacketTraversal() {
        long interval = peer.keepaliveNanos();
        if (interval > 0) {
            set(persistentKeepalive, interval);
        }
    }

    void handshakeInitiated() {
        setWithJitter(retransmitHandshake, Protocol.REKEY_TIMEOUT);
    }

    void handshakeComplete() {
        retransmitHandshake.clear();
        handshakeAttempts = 0;
    }

    void sessionDerived() {
        set(zeroKeyMaterial, 3 * Protocol.REJECT_AFTER_TIME);
    }

    void stop() {
        retransmitHandshake.discard();
        sendKeepalive.discard();
        newHandshake.discard();
        zeroKeyMaterial.discard();
        persistentKeepalive.discard();
    }

    private void retransmitHandshakeExpired() {
        if (handshakeAttempts > Protocol.MAX_TIMER_HANDSHAKES) {
            sendKeepalive.clear();
            peer.giveUp();
            if (!zeroKeyMaterial.isPending()) {
                set(zeroKeyMaterial, 3 * Protocol.REJECT_AFTER_TIME);
            }
        } else {
            handshakeAttempts++;
            peer.initiate(true);
        }
    }

    private void sendKeepaliveExpired() {
        peer.sendKeepalive();
        if (needAnotherKeepalive) {
            needAnotherKeepalive = false;
            set(sendKeepalive, Protocol.KEEPALIVE_TIMEOUT);
        }
    }

    private void set(Alarm timer, long delayNanos) {
        if (device.isUp()) {
            timer.setAt(clock.due(loop.nanoTime(), delayNanos));
        }
    }

    private void setWithJitter(Alarm timer, long delayNanos) {
        if (device.isUp()) {
            timer.setAt(clock.dueWithJitter(loop.nanoTime(), delayNanos, random));
        }
    }
}
