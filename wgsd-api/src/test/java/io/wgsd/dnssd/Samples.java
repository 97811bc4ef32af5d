package io.wgsd.dnssd;

import io.wgsd.model.Device;
import io.wgsd.model.DeviceKind;
import io.wgsd.model.Endpoint;
import io.wgsd.model.IpPrefix;
import io.wgsd.model.Peer;
import io.wgsd.model.PublicKey;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;

/** Values that the tests of this package share. */
public final class Samples {

    public static final PublicKey ALICE = PublicKey.parse("xScVkH3fUGUv4RrJFfmcqm8rs3SEHr41km6+yffAHw4=");
    public static final PublicKey BOB = PublicKey.parse("syKB97XhGnvC+kynh2KqQJPXoOoOpx/HmpMRTc+r4js=");
    public static final String ALICE_BASE32 = "yutrled535igkl7bdlerl6m4vjxsxm3uqqpl4nmsn27mt56ad4ha";
    public static final DnsSdNames NAMES = DnsSdNames.parse("example.com.");
    public static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private Samples() {}

    public static Name name(String text) {
        try {
            return Name.fromString(text, Name.root);
        } catch (TextParseException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** One of 5,000 keys that are spread over all beginnings, in the order of their numbers. */
    public static PublicKey key(int number) {
        return PublicKey.of(ByteBuffer.allocate(32).putInt(number * 858_993).array());
    }

    public static Advertisement advertisement(PublicKey key, String endpoint, String... allowedIps) {
        return Advertisement.builder(key)
                .endpoint(Endpoint.parse(endpoint))
                .allowedIps(prefixes(allowedIps))
                .since(NOON)
                .build();
    }

    public static List<Advertisement> advertisements(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> advertisement(key(i), "192.0.2.1:" + (1 + i % 65535)))
                .toList();
    }

    public static Device device(Peer... peers) {
        return Device.builder("wg0", DeviceKind.KERNEL)
                .publicKey(BOB)
                .listenPort(51820)
                .peers(List.of(peers))
                .build();
    }

    public static List<IpPrefix> prefixes(String... texts) {
        return List.of(texts).stream().map(IpPrefix::parse).toList();
    }
}
