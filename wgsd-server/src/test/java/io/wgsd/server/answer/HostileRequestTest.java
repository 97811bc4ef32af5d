package io.wgsd.server.answer;

import static io.wgsd.server.answer.Dig.dig;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.dnssd.SigningAlgorithm;
import io.wgsd.dnssd.SigningKey;
import io.wgsd.dnssd.TsigKey;
import io.wgsd.dnssd.Zone;
import io.wgsd.dnssd.ZoneSigner;
import io.wgsd.server.answer.access.Access;
import io.wgsd.server.answer.access.Grant;
import io.wgsd.server.answer.quick.QuickWay;
import io.wgsd.server.zone.Journal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.CookieOption;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Message;
import org.xbill.DNS.NSIDOption;

/** To any bytes {@link Responder} returns a response that fits, or nothing, and it keeps nothing of them. */
class HostileRequestTest {

    private static final int MUTATIONS = 500_000;
    private static final long MOST_KEPT = 8L << 20;
    private static final TsigKey KEY =
            TsigKey.of("asker", "hmac-sha256", new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16});
    private static final Responder RESPONDER =
            SampleZone.responder(Map.of(KEY, Access.TRANSFER), 50, InstantSource.system());
    private static final Journal ZONE = Journal.of(signed());
    private static final ServedZone SERVED = ServedZone.fresh(ZONE);
    private static final List<byte[]> SEEDS = List.of(
            dig(SampleZone.ALICE_INSTANCE, "SRV").request(),
            dig(SampleZone.LIST, "PTR").noEdns().request(),
            dig("example.com.", "SOA").edns(1, 0).request(),
            dig(SampleZone.CAROL_INSTANCE, "TXT").buffer(4096).request(),
            dig("example.com.", "IXFR").having(SampleZone.SERIAL).request(),
            dig("nobody.example.com.", "ANY").request(),
            dig("a.nobody.example.com.", "MX").edns(0, ExtendedFlags.DO).request(),
            dig("example.com.", "SOA")
                    .edns(0, 0, new NSIDOption(new byte[0]), new CookieOption(new byte[8]))
                    .request(),
            tsig());

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void mutatedRequestsAreAnsweredOrIgnored(long seed) {
        Random random = new Random(seed);
        QuickWay quick = new QuickWay();
        int quickly = 0;
        long before = usedMemory();
        for (int i = 0; i < MUTATIONS; i++) {
            byte[] request = mutate(random, SEEDS.get(random.nextInt(SEEDS.size())));
            // From an address that proves nothing every second time, where half of what is too much is dropped.
            boolean known = random.nextBoolean();

            Response response = RESPONDER.respond(request, SERVED, new Grant(Access.TRANSFER, null, known), Dig.ALICE);

            if (known && quick.agrees(request, ZONE, Access.TRANSFER, response)) {
                quickly++;
            }
            if (response.message() == null) {
                assertThat(request.length < 12 || (request[2] & 0x80) != 0 || response.outcome() == Outcome.LIMITED)
                        .isTrue();
            } else {
                assertThat(response.message()).hasSizeBetween(12, 1232).startsWith(request[0], request[1]);
                assertThat(SampleZone.parse(response.message()).getHeader().getID())
                        .isPositive();
            }
        }
        // Of a quarter of a million from a known address, one in nine begins as a usual one, and some remain so.
        assertThat(quickly).isGreaterThan(MUTATIONS / 1000);
        assertThat(usedMemory() - before).as("bytes kept").isLessThan(MOST_KEPT);
    }

    private static Zone signed() {
        SigningKey key =
                SigningKey.generate(SampleZone.ZONE.options().names(), SigningAlgorithm.ED25519, Instant.now());
        return new ZoneSigner(List.of(key)).sign(SampleZone.ZONE, List.of(), Instant.now());
    }

    private static byte[] tsig() {
        Message message = SampleZone.parse(dig("example.com.", "SOA").request());
        KEY.toTsig().apply(message, null);
        return message.toWire();
    }

    @SuppressWarnings("SystemGc") // what is garbage would count as kept
    private static long usedMemory() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static byte[] mutate(Random random, byte[] seed) {
        byte[] request = random.nextInt(10) == 0 ? Arrays.copyOf(seed, random.nextInt(2 * seed.length)) : seed.clone();
        for (int i = random.nextInt(8); i > 0 && request.length > 2; i--) {
            request[2 + random.nextInt(request.length - 2)] = (byte) random.nextInt();
        }
        return request;
    }
}
