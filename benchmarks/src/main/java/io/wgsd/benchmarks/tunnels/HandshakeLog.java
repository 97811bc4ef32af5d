package io.wgsd.benchmarks.tunnels;

import io.wgsd.model.Peer;
import io.wgsd.model.PublicKey;
import io.wgsd.spi.PeerSource;
import io.wgsd.spi.PeerSourceOptions;
import io.wgsd.spi.PeerSources;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * Writes down WireGuard's own handshake stamps as they change, and sends nothing: {@code HandshakeLog NODE DEVICE}.
 *
 * <p>A line is {@code NODE PEER NANOSECONDS}, by the wall clock.
 */
public final class HandshakeLog {

    private static final Duration LOOK = Duration.ofMillis(250);

    private HandshakeLog() {}

    public static void main(String... arguments) throws IOException {
        Map<PublicKey, Instant> known = new HashMap<>();
        try (PeerSource source = PeerSources.open("netlink", PeerSourceOptions.defaults())) {
            while (true) {
                for (Peer peer : source.read(arguments[1]).peers()) {
                    peer.statistics()
                            .latestHandshake()
                            .filter(stamp -> !stamp.equals(known.put(peer.publicKey(), stamp)))
                            .ifPresent(stamp -> print(arguments[0], peer.publicKey(), stamp));
                }
                LockSupport.parkNanos(LOOK.toNanos());
            }
        }
    }

    private static void print(String node, PublicKey peer, Instant stamp) {
        System.out.println(
                node + " " + peer.toBase64() + " " + (stamp.getEpochSecond() * 1_000_000_000L + stamp.getNano()));
        System.out.flush();
    }
}
