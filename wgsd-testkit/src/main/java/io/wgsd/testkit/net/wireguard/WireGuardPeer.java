package io.wgsd.testkit.net.wireguard;

import io.wgsd.model.Endpoint;
import io.wgsd.model.PublicKey;
import io.wgsd.testkit.net.TunnelDatagram;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One peer of a device: what is sent to it and heard from it (drivers/net/wireguard/peer.c, send.c and receive.c). */
public final class WireGuardPeer {

    private final WireGuardDevice device;
    private final PublicKey publicKey;
    private final Handshake handshake;
    private final Keypairs keypairs;
    private final PeerTimers timers;
    private final Deque<Plaintext> staged = new ArrayDeque<>();
    private @Nullable Endpoint endpoint;
    private long keepaliveNanos;
    private long presharedKey;
    private long nextHandshake;
    private boolean sentLastMinuteHandshake;

    WireGuardPeer(WireGuardDevice device, PublicKey publicKey) {
        this.device = device;
        this.publicKey = publicKey;
        handshake = new Handshake(this, device.indices());
        keypairs = new Keypairs(device.indices());
        timers = new PeerTimers(this, device);
        openGate();
    }

    PublicKey publicKey() {
        return publicKey;
    }

    @Nullable
    Endpoint endpoint() {
        return endpoint;
    }

    long keepaliveNanos() {
        return keepaliveNanos;
    }

    long presharedKey() {
        return presharedKey;
    }

    void endpoint(Endpoint configured) {
        endpoint = configured;
    }

    void keepaliveNanos(long interval) {
        keepaliveNanos = interval;
    }

    void presharedKey(long fingerprint) {
        presharedKey = fingerprint;
    }

    public boolean hasSession() {
        Keypair current = keypairs.current();
        return current != null
                && current.canSend
                && !current.isOlderThan(Protocol.REJECT_AFTER_TIME, device.readClock());
    }

    /** Returns whether data sent now would be decrypted, chance apart. */
    public boolean reaches() {
        Keypair current = keypairs.current();
        Endpoint to = endpoint;
        if (current == null || to == null || !hasSession()) {
            return false;
        }
        Hearer hearer = device.hearer(to, current.remoteIndex);
        return hearer != null && hearer.opens(current.remoteIndex, current.session);
    }

    /** Sends an initiation, unless an initiation was tried, or a response sent, in the last 5 s. */
    void initiate(boolean isRetry) {
        if (!isRetry) {
            timers.handshakeBegins();
        }
        long now = device.readClock();
        if (nextHandshake > now || !device.hasIdentity()) {
            return;
        }
        closeGate();
        Message.Initiation message = handshake.createInitiation(device, device.wallClock());
        timers.anyAuthenticatedPacketTraversal();
        timers.anyAuthenticatedPacketSent();
        device.transmit(this, message);
        timers.handshakeInitiated();
    }

    void sendKeepalive() {
        if (staged.isEmpty()) {
            staged.add(Plaintext.KEEPALIVE);
        }
        sendStaged();
    }

    void sendPersistentKeepalive() {
        if (keepaliveNanos > 0) {
            sendKeepalive();
        }
    }

    void send(Plaintext packet) {
        if (staged.size() >= Protocol.MAX_STAGED_PACKETS) {
            staged.remove();
        }
        staged.add(packet);
        sendStaged();
    }

    /** Sends what is staged or, if there are no keys for it, begins a handshake. */
    void sendStaged() {
        if (staged.isEmpty()) {
            return;
        }
        Keypair keypair = keypairs.current();
        if (keypair != null && keypair.isOlderThan(Protocol.REJECT_AFTER_TIME, device.readClock())) {
            keypair.canSend = false;
        }
        if (keypair == null || !keypair.canSend) {
            initiate(false);
            return;
        }
        boolean dataSent = false;
        timers.anyAuthenticatedPacketTraversal();
        timers.anyAuthenticatedPacketSent();
        for (Plaintext packet = staged.poll(); packet != null; packet = staged.poll()) {
            boolean sent = device.transmit(this, keypair.seal(packet));
            dataSent |= sent && !packet.isKeepalive();
        }
        if (dataSent) {
            timers.dataSent();
        }
        if (keypair.initiator && keypair.isOlderThan(Protocol.REKEY_AFTER_TIME, device.readClock())) {
            initiate(false);
        }
    }

    void receive(Message.Initiation message, Endpoint from) {
        if (!handshake.consumeInitiation(message, device.readClock())) {
            return;
        }
        heardFrom(from);
        closeGate();
        Message.Response response = handshake.createResponse(device.random().next(), presharedKey);
        if (beginSession()) {
            timers.anyAuthenticatedPacketTraversal();
            timers.anyAuthenticatedPacketSent();
            device.transmit(this, response);
        }
        received(message.length());
    }

    void receive(Message.Response message, Endpoint from) {
        if (!handshake.consumeResponse(message, presharedKey)) {
            return;
        }
        heardFrom(from);
        if (beginSession()) {
            handshakeComplete();
            sendKeepalive();
        }
        received(message.length());
    }

    void receive(Message.Transport message, Keypair keypair, Endpoint from) {
        if (!keypair.opens(message, device.readClock())) {
            return;
        }
        heardFrom(from);
        if (keypairs.heard(keypair)) {
            handshakeComplete();
            sendStaged();
        }
        keepKeyFresh();
        TunnelDatagram packet = message.plaintext().packet();
        if (packet == null) {
            received(message.length());
            return;
        }
        // A packet that the peer has no right to send is not counted.
        boolean allowed = device.routesTo(this, packet.source().address());
        received(allowed ? message.length() : 0);
        timers.dataReceived();
        if (allowed) {
            device.deliver(packet);
        }
    }

    void giveUp() {
        staged.clear();
        device.gaveUp(this);
    }

    void zeroKeyMaterial() {
        handshake.clear();
        keypairs.clear();
    }

    /** As a new private key makes it: nothing is sent under the old sessions, and a handshake can start at once. */
    void expireSessions() {
        handshake.clear();
        keypairs.expire();
        openGate();
    }

    /** As taking the interface down does. */
    void stop() {
        staged.clear();
        timers.stop();
        zeroKeyMaterial();
        openGate();
    }

    private void openGate() {
        nextHandshake = Long.MIN_VALUE;
    }

    private void closeGate() {
        nextHandshake = device.readClock() + Protocol.REKEY_TIMEOUT;
    }

    private boolean beginSession() {
        Keypair keypair = handshake.beginSession(device.readClock());
        if (keypair == null) {
            return false;
        }
        keypairs.add(keypair);
        timers.sessionDerived();
        return true;
    }

    private void handshakeComplete() {
        timers.handshakeComplete();
        sentLastMinuteHandshake = false;
        device.handshakeCompleted(this);
    }

    private void heardFrom(Endpoint from) {
        if (!Objects.equals(from, endpoint)) {
            endpoint = from;
            device.roamed(this, from);
        }
    }

    private void received(int length) {
        device.received(this, length);
        timers.anyAuthenticatedPacketReceived();
        timers.anyAuthenticatedPacketTraversal();
    }

    /** As keep_key_fresh of receive.c: a session is renewed before it ends even where nothing is sent under it. */
    private void keepKeyFresh() {
        Keypair current = keypairs.current();
        long lastMinute = Protocol.REJECT_AFTER_TIME - Protocol.KEEPALIVE_TIMEOUT - Protocol.REKEY_TIMEOUT;
        if (!sentLastMinuteHandshake
                && current != null
                && current.canSend
                && current.initiator
                && current.isOlderThan(lastMinute, device.readClock())) {
            sentLastMinuteHandshake = true;
            initiate(false);
        }
    }
}
