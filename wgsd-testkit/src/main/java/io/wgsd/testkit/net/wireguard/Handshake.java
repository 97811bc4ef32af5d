package io.wgsd.testkit.net.wireguard;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A peer's one handshake, whichever side began it (drivers/net/wireguard/noise.c).
 *
 * <p>There is only one state. So an initiation that arrives while one of our own is under way replaces it, and the
 * response to ours then finds nothing: two peers that begin at the same time destroy each other's handshake.
 */
final class Handshake implements IndexTable.Entry {

    private enum State {
        ZEROED,
        CREATED_INITIATION,
        CONSUMED_INITIATION,
        CREATED_RESPONSE,
        CONSUMED_RESPONSE
    }

    /** 2^24 ns: the greatest power of two that fits 50 times into a second. */
    private static final long TIMESTAMP_GRAIN = 1L << 24;

    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private final WireGuardPeer peer;
    private final IndexTable indices;
    private State state = State.ZEROED;
    private int localIndex;
    private int remoteIndex;
    private long session;
    private long latestTimestamp = Long.MIN_VALUE;
    private long nextConsumption = Long.MIN_VALUE;

    Handshake(WireGuardPeer peer, IndexTable indices) {
        this.peer = peer;
        this.indices = indices;
    }

    WireGuardPeer peer() {
        return peer;
    }

    int localIndex() {
        return localIndex;
    }

    int remoteIndex() {
        return remoteIndex;
    }

    long session() {
        return session;
    }

    Message.Initiation createInitiation(WireGuardDevice device, Instant wallClock) {
        takeIndex();
        state = State.CREATED_INITIATION;
        return new Message.Initiation(device.identity(), peer.publicKey(), localIndex, timestamp(wallClock));
    }

    /** Returns whether an initiation is newer than all before it, and comes no sooner than 20 ms after the last one. */
    boolean consumeInitiation(Message.Initiation message, long now) {
        if (message.timestamp() <= latestTimestamp || nextConsumption > now) {
            return false;
        }
        latestTimestamp = message.timestamp();
        nextConsumption = now + Protocol.INITIATION_INTERVAL;
        remoteIndex = message.sender();
        state = State.CONSUMED_INITIATION;
        return true;
    }

    Message.Response createResponse(long freshSession, long presharedKey) {
        takeIndex();
        session = freshSession;
        state = State.CREATED_RESPONSE;
        return new Message.Response(localIndex, remoteIndex, session, presharedKey);
    }

    boolean consumeResponse(Message.Response message, long presharedKey) {
        if (state != State.CREATED_INITIATION || message.presharedKey() != presharedKey) {
            return false;
        }
        remoteIndex = message.sender();
        session = message.session();
        state = State.CONSUMED_RESPONSE;
        return true;
    }

    /** Returns the session's keys, to which the handshake hands over its index; null where it has not come so far. */
    @Nullable
    Keypair beginSession(long now) {
        if (state != State.CREATED_RESPONSE && state != State.CONSUMED_RESPONSE) {
            return null;
        }
        Keypair keypair = new Keypair(peer, this, state == State.CONSUMED_RESPONSE, now);
        indices.replace(localIndex, keypair);
        localIndex = 0;
        state = State.ZEROED;
        return keypair;
    }

    void clear() {
        indices.remove(localIndex, this);
        localIndex = 0;
        state = State.ZEROED;
    }

    private void takeIndex() {
        indices.remove(localIndex, this);
        localIndex = indices.add(this);
    }

    /** As tai64n_now: the second, and the nanoseconds of that second rounded down. */
    private static long timestamp(Instant wallClock) {
        return wallClock.getEpochSecond() * NANOS_PER_SECOND + wallClock.getNano() / TIMESTAMP_GRAIN * TIMESTAMP_GRAIN;
    }
}
