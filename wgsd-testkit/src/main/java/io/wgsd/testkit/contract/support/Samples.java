package io.wgsd.testkit.contract.support;

import io.wgsd.model.DeviceChange;
import io.wgsd.model.Endpoint;
import io.wgsd.model.IpAddress;
import io.wgsd.model.IpPrefix;
import io.wgsd.model.PublicKey;
import io.wgsd.model.SecretKey;
import java.io.IOException;
import java.net.DatagramSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.stream.IntStream;

/** Values that the parts of the contract share. Addresses are those of RFC 5737 and RFC 3849. */
public final class Samples {

    public static final PublicKey ALICE = key(1);
    public static final PublicKey BOB = key(2);
    public static final Endpoint HOME = Endpoint.parse("192.0.2.1:51820");
    public static final Endpoint AWAY = Endpoint.parse("198.51.100.2:4711");
    public static final IpPrefix TEN = IpPrefix.parse("10.0.0.1/32");
    public static final IpPrefix NET = IpPrefix.parse("10.1.0.0/16");
    public static final IpPrefix ULA = IpPrefix.parse("fd00:1::/64");

    private Samples() {}

    public static DeviceChange.Builder change() {
        return DeviceChange.builder();
    }

    /** Returns a key that is the same each time and, as random bytes are, no point of low order. */
    public static PublicKey key(int number) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            return PublicKey.of(sha256.digest(("peer " + number).getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Returns as many host prefixes, from a network of their own for each family, in the order of prefixes. */
    public static List<IpPrefix> hosts(int second, int count) {
        return IntStream.range(0, count)
                .mapToObj(host -> IpPrefix.of(IpAddress.of(ByteBuffer.allocate(Integer.BYTES)
                        .putInt(10 << 24 | second << 16 | host)
                        .array())))
                .toList();
    }

    /** Returns a UDP port that is free at the moment, so that parallel test runs do not share one. */
    public static int freePort() throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            return socket.getLocalPort();
        }
    }

    public static SecretKey zeros() {
        return SecretKey.copyOf(new byte[SecretKey.LENGTH]);
    }
}
