package io.wgsd.server.answer;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.wgsd.dnssd.SigningAlgorithm;
import io.wgsd.dnssd.SigningKey;
import io.wgsd.dnssd.TsigKey;
import io.wgsd.dnssd.Zone;
import io.wgsd.dnssd.ZoneSigner;
import io.wgsd.server.answer.access.Access;
import io.wgsd.server.answer.access.Grant;
import io.wgsd.server.answer.quick.QuickWay;
import io.wgsd.server.answer.wire.WireFormat;
import io.wgsd.server.transport.Protocol;
import io.wgsd.server.transport.QuerySource;
import io.wgsd.server.zone.Journal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Every message is answered within its bounds, or gets no answer where none is due; tested through {@link Responder}.
 */
final class RequestFuzzTest {

    private static final TsigKey KEY = TsigKey.of("k", "hmac-sha256", new byte[16]);
    private static final Responder RESPONDER =
            SampleZone.responder(Map.of(KEY, Access.TRANSFER), 0, InstantSource.system());
    private static final Journal ZONE = Journal.of(signed());
    private static final QuickWay QUICK = new QuickWay();
    private static final ServedZone SERVED = ServedZone.fresh(ZONE);
    private static final Grant ANYTHING = new Grant(Access.TRANSFER, null, true);

    @FuzzTest(maxDuration = "10m")
    void aMessageIsAnsweredWithinItsBounds(byte[] message) {
        Response byUdp = RESPONDER.respond(message, SERVED, ANYTHING, Dig.ALICE);
        Response byTcp = RESPONDER.respond(
                message, SERVED, ANYTHING, new QuerySource(Dig.ALICE.address(), Dig.ALICE.arrival(), Protocol.TCP));

        QUICK.agrees(message, ZONE, Access.TRANSFER, byUdp);

        boolean silent = message.length < 12 || (message[2] & 0x80) != 0;
        assertThat(byUdp.message() == null).isEqualTo(silent);
        assertThat(byTcp.message() == null).isEqualTo(silent);
        if (byUdp.message() != null) {
            assertThat(byUdp.message()).hasSizeBetween(12, WireFormat.MAX_UDP_RESPONSE);
            SampleZone.parse(byUdp.message());
        }
        for (Iterator<byte[]> messages = byTcp.messages(); messages.hasNext(); ) {
            byte[] next = messages.next();
            assertThat(next).hasSizeBetween(12, 65_535).startsWith(message[0], message[1]);
            SampleZone.parse(next);
        }
    }

    private static Zone signed() {
        SigningKey key =
                SigningKey.generate(SampleZone.ZONE.options().names(), SigningAlgorithm.ED25519, Instant.now());
        return new ZoneSigner(List.of(key)).sign(SampleZone.ZONE, List.of(), Instant.now());
    }
}
