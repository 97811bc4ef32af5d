package io.wgsd.testkit.contract.support;

import io.wgsd.model.DeviceChange;
import io.wgsd.model.Endpoint;
import io.wgsd.model.IpAddress;
import io.wgsd.model.PublicKey;
import io.wgsd.model.SecretKey;
import io.wgsd.spi.PeerSource;
import io.wgsd.spi.PeerSourceOptions;
import io.wgsd.testkit.contract.Await;
import io.wgsd.testkit.contract.PeerSourceFixture;
import java.time.Duration;

/** Two devices of one host that shake hands over the loopback. */
public final class LoopbackHandshake {

    private static final IpAddress LOOPBACK = IpAddress.parse("127.0.0.1");

    private LoopbackHandshake() {}

    /** Makes two devices each other's peers, waits for a handshake, and returns the key of the second one. */
    public static PublicKey between(PeerSourceFixture fixture, String first, String second) throws Exception {
        try (SecretKey mine = SecretKey.generatePrivate();
                SecretKey theirs = SecretKey.generatePrivate();
                PeerSource source = fixture.open(PeerSourceOptions.defaults())) {
            PublicKey peer = theirs.publicKey();
            source.apply(
                    second,
                    DeviceChange.builder()
                            .privateKey(theirs)
                            .listenPort(Samples.freePort())
                            .peer(mine.publicKey())
                            .build());
            source.apply(
                    first,
                    DeviceChange.builder()
                            .privateKey(mine)
                            .peer(peer)
                            .endpoint(Endpoint.of(LOOPBACK, source.read(second).listenPort()))
                            .persistentKeepalive(Duration.ofSeconds(25))
                            .build());
            boolean done = Await.becomesTrue(
                    Await.LIMIT,
                    () -> source.read(first)
                            .peer(peer)
                            .orElseThrow()
                            .statistics()
                            .latestHandshake()
                            .isPresent());
            if (!done) {
                throw new AssertionError("no handshake between " + first + " and " + second);
            }
            return peer;
        }
    }
}
