package io.wgsd.server.zone;

import io.wgsd.model.Device;
import io.wgsd.model.Peer;
import io.wgsd.model.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How long ago each peer's latest handshake was, even if the wall clock is set: by that clock when it is first seen,
 * then by the monotonic one.
 *
 * <p>A handshake in the future counts as one of now, and one that was not there at the look before happened since then.
 * Not thread-safe.
 */
final class HandshakeAges {

    /** More than any age that is asked for, and less than what overflows. */
    private static final Duration LONG_AGO = Duration.ofDays(36_500);

    private Map<PublicKey, Handshake> known = Map.of();
    private boolean looked;
    private long lookedAt;

    private record Handshake(Instant stamp, long at) {}

    /**
     * Takes note of what a device says.
     *
     * @param device a reading
     * @param now the wall clock's time
     * @param nanos the monotonic clock's time
     */
    void look(Device device, Instant now, long nanos) {
        Map<PublicKey, Handshake> seen = new HashMap<>(device.peers().size() * 2);
        for (Peer peer : device.peers()) {
            Instant stamp = peer.statistics().latestHandshake().orElse(null);
            if (stamp != null) {
                Handshake before = known.get(peer.publicKey());
                seen.put(
                        peer.publicKey(),
                        before != null && before.stamp.equals(stamp)
                                ? before
                                : new Handshake(stamp, nanos - age(stamp, now, nanos)));
            }
        }
        known = seen;
        looked = true;
        lookedAt = nanos;
    }

    /** Returns how long ago a peer's handshake was at the latest look; empty where it had none. */
    Optional<Duration> age(Peer peer) {
        return Optional.ofNullable(known.get(peer.publicKey()))
                .map(handshake -> Duration.ofNanos(lookedAt - handshake.at));
    }

    private long age(Instant stamp, Instant now, long nanos) {
        Duration byTheWall = Duration.between(stamp, now);
        long age = byTheWall.isNegative() ? 0 : (byTheWall.compareTo(LONG_AGO) < 0 ? byTheWall : LONG_AGO).toNanos();
        return looked ? Math.min(age, nanos - lookedAt) : age;
    }
}
