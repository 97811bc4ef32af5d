package io.wgsd.server.answer;

import static io.wgsd.server.answer.Dig.dig;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever comes, the responder returns, and what it returns is a response that fits. */
class HostileRequestTest {

    private static final int MUTATIONS = 50_000;
    private static final Responder RESPONDER = Samples.responder();
    private static final Views VIEWS = Views.same(Journal.of(Samples.ZONE));
    private static final List<byte[]> SEEDS = List.of(
            dig(Samples.ALICE_INSTANCE, "SRV").request(),
            dig(Samples.LIST, "PTR").noEdns().request(),
            dig("example.com.", "SOA").edns(1, 0).request(),
            dig(Samples.CAROL_INSTANCE, "TXT").buffer(4096).request(),
            dig("example.com.", "IXFR").having(Samples.SERIAL).request(),
            dig("nobody.example.com.", "ANY").request());

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void mutatedRequestsAreAnsweredOrIgnored(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < MUTATIONS; i++) {
            byte[] request = mutate(random, SEEDS.get(random.nextInt(SEEDS.size())));

            Reply reply = RESPONDER.respond(request, VIEWS, new Grant(Access.TRANSFER, null, true), Dig.ALICE);

            if (reply.message() == null) {
                assertThat(request.length < 12 || (request[2] & 0x80) != 0).isTrue();
            } else {
                assertThat(reply.message()).hasSizeBetween(12, 1232).startsWith(request[0], request[1]);
                assertThat(Samples.parse(reply.message()).getHeader().getID()).isPositive();
            }
        }
    }

    private static byte[] mutate(Random random, byte[] seed) {
        byte[] request = random.nextInt(10) == 0 ? Arrays.copyOf(seed, random.nextInt(2 * seed.length)) : seed.clone();
        for (int i = random.nextInt(8); i > 0 && request.length > 2; i--) {
            request[2 + random.nextInt(request.length - 2)] = (byte) random.nextInt();
        }
        return request;
    }
}
