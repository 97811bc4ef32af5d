package io.wgsd.server.answer;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.wgsd.dnssd.SigningAlgorithm;
import io.wgsd.dnssd.SigningKey;
import io.wgsd.dnssd.TsigKey;
import io.wgsd.dnssd.Zone;
import io.wgsd.dnssd.ZoneSigner;
import io.wgsd.server.transport.Asker;
import io.wgsd.server.transport.Protocol;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Every message is answered within its bounds, or met with the silence that is due. */
final class RequestFuzzTest {

    private static final TsigKey KEY = TsigKey.of("k", "hmac-sha256", new byte[16]);
    private static final Responder RESPONDER =
            Samples.responder(Map.of(KEY, Access.TRANSFER), 0, InstantSource.system());
    private static final Journal ZONE = Journal.of(signed());
    private static final Views VIEWS = Views.same(ZONE);
    private static final Grant ANYTHING = new Grant(Access.TRANSFER, null, true);

    @FuzzTest(maxDuration = "10m")
    void aMessageIsAnsweredWithinItsBounds(byte[] message) {
        Reply byUdp = RESPONDER.respond(message, VIEWS, ANYTHING, Dig.ALICE);
        Reply byTcp = RESPONDER.respond(
                message, VIEWS, ANYTHING, new Asker(Dig.ALICE.address(), Dig.ALICE.arrival(), Protocol.TCP));

        new QuickWay().agrees(message, ZONE, Access.TRANSFER, byUdp);

        boolean silent = message.length < 12 || (message[2] & 0x80) != 0;
        assertThat(byUdp.message() == null).isEqualTo(silent);
        assertThat(byTcp.message() == null).isEqualTo(silent);
        if (byUdp.message() != null) {
            assertThat(byUdp.message()).hasSizeBetween(12, Responder.MAX_DATAGRAM);
            Samples.parse(byUdp.message());
        }
        for (Iterator<byte[]> messages = byTcp.messages(); messages.hasNext(); ) {
            byte[] next = messages.next();
            assertThat(next).hasSizeBetween(12, 65_535).startsWith(message[0], message[1]);
            Samples.parse(next);
        }
    }

    private static Zone signed() {
        SigningKey key = SigningKey.generate(Samples.ZONE.origin(), SigningAlgorithm.ED25519, Instant.now());
        return new ZoneSigner(List.of(key)).sign(Samples.ZONE, List.of(), Instant.now());
    }
}
