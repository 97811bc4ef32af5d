package io.wgsd.discovery;

import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.model.Device;
import io.wgsd.model.DeviceKind;
import io.wgsd.model.Endpoint;
import io.wgsd.model.IpAddress;
import io.wgsd.model.IpPrefix;
import io.wgsd.model.Moment;
import io.wgsd.model.Peer;
import io.wgsd.model.PeerStatistics;
import io.wgsd.model.PublicKey;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/** Values that the tests of this package share; keys are in ascending order. */
public final class Samples {

    public static final DnsSdNames NAMES = DnsSdNames.parse("example.com.");
    public static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    public static final Moment NOW = new Moment(NOON, 1_000_000_000L);
    public static final PublicKey REGISTRY = key(1);
    public static final PublicKey ALICE = key(2);
    public static final PublicKey BOB = key(3);

    private Samples() {}

    public static PublicKey key(int number) {
        return PublicKey.of(ByteBuffer.allocate(32).putInt(number).array());
    }

    public static List<PublicKey> keys(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(Samples::key).toList();
    }

    public static Peer peer(PublicKey key, String endpoint, String... allowedIps) {
        Peer.Builder peer = Peer.builder(key);
        if (!endpoint.isEmpty()) {
            peer.endpoint(Endpoint.parse(endpoint));
        }
        for (String prefix : allowedIps) {
            peer.allowedIp(IpPrefix.parse(prefix));
        }
        return peer.build();
    }

    /** Returns the peer with a handshake that many seconds before noon. */
    public static Peer shaken(Peer peer, long secondsAgo) {
        return peer.withStatistics(PeerStatistics.of(NOON.minusSeconds(secondsAgo), 1000, 1000));
    }

    public static Device device(Peer... peers) {
        return Device.builder("wg0", DeviceKind.KERNEL)
                .publicKey(key(99))
                .listenPort(51820)
                .peers(List.of(peers))
                .build();
    }

    public static IpAddress ip(String text) {
        return IpAddress.parse(text);
    }
}
