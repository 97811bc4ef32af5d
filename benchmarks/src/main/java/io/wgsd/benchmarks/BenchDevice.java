package io.wgsd.benchmarks;

import io.wgsd.model.DeviceChange;
import io.wgsd.model.Endpoint;
import io.wgsd.model.IpAddress;
import io.wgsd.model.IpPrefix;
import io.wgsd.model.PublicKey;
import io.wgsd.model.SecretKey;
import io.wgsd.spi.PeerSource;
import java.io.IOException;
import java.time.Duration;
import java.util.SplittableRandom;

/** A device with many peers, each with an endpoint, one allowed IP and a keepalive; none has ever been heard. */
final class BenchDevice {

    private static final int PORT = 51820;
    private static final int IPV4_198_18 = 0xc6120000;
    private static final int IPV4_10 = 0x0a000000;

    private final String name;
    private final int peers;
    private int changes;

    /**
     * Names a device that exists.
     *
     * @param name its name
     * @param peers how many peers it is to have, at most 131072
     */
    BenchDevice(String name, int peers) {
        this.name = name;
        this.peers = peers;
    }

    String name() {
        return name;
    }

    int peers() {
        return peers;
    }

    /** Gives the device its peers, in place of those that it has. */
    void fill(PeerSource source) throws IOException {
        try (SecretKey own = SecretKey.generatePrivate()) {
            DeviceChange.Builder change = DeviceChange.builder().privateKey(own).replacePeers();
            for (int i = 0; i < peers; i++) {
                change.peer(key(i))
                        .endpoint(Endpoint.of(ipv4(IPV4_198_18 + i), PORT))
                        .addAllowedIp(IpPrefix.of(ipv4(IPV4_10 + i)))
                        .persistentKeepalive(Duration.ofSeconds(25));
            }
            source.apply(name, change.build());
        }
    }

    /** Gives one peer another endpoint each time that this is called. */
    void changeEndpoint(PeerSource source) throws IOException {
        source.apply(
                name,
                DeviceChange.builder()
                        .peer(middle())
                        .updateOnly()
                        .endpoint(Endpoint.of(ipv4(IPV4_198_18), PORT + ++changes % 2))
                        .build());
    }

    /** Returns the peer that is changed. */
    PublicKey middle() {
        return key(peers / 2);
    }

    private static PublicKey key(int index) {
        byte[] bytes = new byte[PublicKey.LENGTH];
        new SplittableRandom(index).nextBytes(bytes);
        return PublicKey.of(bytes);
    }

    private static IpAddress ipv4(int bits) {
        return IpAddress.of(new byte[] {(byte) (bits >>> 24), (byte) (bits >>> 16), (byte) (bits >>> 8), (byte) bits});
    }
}
