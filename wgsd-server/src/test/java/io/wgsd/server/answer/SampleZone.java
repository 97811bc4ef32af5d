package io.wgsd.server.answer;

import static io.wgsd.server.Samples.ALICE;
import static io.wgsd.server.Samples.BOB;
import static io.wgsd.server.Samples.NAMES;

import io.wgsd.dnssd.Advertisement;
import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.dnssd.TsigKey;
import io.wgsd.dnssd.Zone;
import io.wgsd.dnssd.ZoneOptions;
import io.wgsd.model.Endpoint;
import io.wgsd.model.IpAddress;
import io.wgsd.model.IpPrefix;
import io.wgsd.model.PublicKey;
import io.wgsd.server.answer.access.Access;
import io.wgsd.server.answer.access.Cookies;
import io.wgsd.server.answer.access.RateLimiter;
import io.wgsd.server.answer.access.TsigVerifier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.xbill.DNS.Message;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * A zone of three peers, Alice at an IPv4 address and Bob at an IPv6 one, and how its answers are written down here.
 */
public final class SampleZone {

    public static final String LIST = "_wireguard._udp.example.com.";

    public static final String ALICE_HOST = ALICE.toBase32() + ".example.com.";
    public static final String ALICE_UNPADDED = ALICE.toBase32() + "." + LIST;
    public static final String ALICE_INSTANCE = ALICE.toBase32() + "====." + LIST;

    public static final String BOB_HOST = BOB.toBase32() + ".example.com.";
    public static final String BOB_UNPADDED = BOB.toBase32() + "." + LIST;
    public static final String BOB_INSTANCE = BOB.toBase32() + "====." + LIST;

    /** Has so many allowed IPs that its TXT does not fit into 512 bytes. */
    public static final PublicKey CAROL = key(40);

    public static final String CAROL_INSTANCE = CAROL.toBase32() + "====." + LIST;
    public static final long SERIAL = 1_767_268_800L;
    public static final Zone ZONE = zone(List.of(
            advertisement(ALICE, "203.0.113.1:41424", List.of("10.0.0.1/32")),
            advertisement(BOB, "[2001:db8::2]:51820", List.of("10.0.0.2/32", "fd00::2/128")),
            advertisement(
                    CAROL,
                    "198.51.100.3:3",
                    IntStream.range(0, 40)
                            .mapToObj(i -> "172.16.100." + (100 + i) + "/32")
                            .toList())));

    private SampleZone() {}

    /** A responder as operators have it who set nothing, that never limits. */
    public static Responder responder() {
        return responder(Map.of(), 0, InstantSource.system());
    }

    public static Responder responder(DnsSdNames names) {
        return new Responder(
                names,
                new TsigVerifier(Map.of()),
                new Cookies(InstantSource.system(), new Random(1)),
                new RateLimiter(0, () -> 0, new Random(2)),
                new byte[0],
                Optional.empty());
    }

    public static Responder responder(Map<TsigKey, Access> keys, int responsesPerSecond, InstantSource clock) {
        return new Responder(
                NAMES,
                new TsigVerifier(keys),
                new Cookies(clock, new Random(1)),
                new RateLimiter(responsesPerSecond, () -> 0, new Random(2)),
                "ns1".getBytes(StandardCharsets.US_ASCII),
                Optional.empty());
    }

    public static Zone zone(List<Advertisement> peers) {
        return Zone.of(
                ZoneOptions.builder(NAMES)
                        .nameServerAddress(IpAddress.parse("10.0.0.254"))
                        .build(),
                peers,
                SERIAL);
    }

    public static Zone zoneOf(int peers) {
        return zone(IntStream.rangeClosed(1, peers)
                .mapToObj(i -> advertisement(key(i), "198.51.100.3:" + i, List.of("10.1." + i / 256 + "." + i % 256)))
                .toList());
    }

    public static PublicKey key(int number) {
        return PublicKey.of(ByteBuffer.allocate(32).putInt(number * 858_993).array());
    }

    public static Advertisement advertisement(PublicKey key, String endpoint, List<String> allowedIps) {
        return Advertisement.builder(key)
                .endpoint(Endpoint.parse(endpoint))
                .allowedIps(allowedIps.stream().map(IpPrefix::parse).toList())
                .since(Instant.ofEpochSecond(SERIAL))
                .build();
    }

    public static Message parse(byte[] wire) {
        try {
            return new Message(wire);
        } catch (IOException e) {
            throw new UncheckedIOException("not a message", e);
        }
    }

    /** Returns the records of a section as "owner type data". */
    public static List<String> lines(Message message, int section) {
        List<String> lines = new ArrayList<>();
        for (Record record : message.getSection(section)) {
            if (record.getType() != Type.OPT) {
                lines.add(record.getName() + " " + Type.string(record.getType()) + " " + record.rdataToString());
            }
        }
        return lines;
    }

    public static List<String> types(Message message, int section) {
        return message.getSection(section).stream()
                .map(record -> Type.string(record.getType()))
                .toList();
    }

    public static List<String> answers(Message message) {
        return lines(message, Section.ANSWER);
    }
}
