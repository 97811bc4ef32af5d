package io.wgsd.server.answer;

import static io.wgsd.server.answer.Dig.dig;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.dnssd.TsigKey;
import io.wgsd.internal.LineLimit;
import io.wgsd.model.IpAddress;
import io.wgsd.server.answer.access.Access;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Message;

class RefusalsTest {

    private static final IpAddress STRANGER = IpAddress.parse("192.0.2.7");
    private static final TsigKey KNOWN = key("known", "0123456789abcdef0123456789abcdef");

    private final List<String> lines = new ArrayList<>();
    private long now;
    private final Refusals refusals = new Refusals(() -> now, lines::add);

    @Test
    void whoAsksForATransferThatItMayNotHaveIsReportedWithTheReason() {
        send(dig("example.com.", "AXFR").tcp());

        assertThat(lines)
                .containsExactly("refused 192.0.2.7, which asked for AXFR of example.com:"
                        + " transfers are for those who are allowed them by name");
    }

    @Test
    void whatTheClientIsNotToldIsReportedAllTheSame() {
        send(dig("www.example.org.", "A").noEdns());

        assertThat(lines)
                .containsExactly("refused 192.0.2.7, which asked for A of www.example.org: not a name of this zone");
    }

    @Test
    void namesFromOutsideCannotForgeLines() {
        send(dig("a\\010b\\027c.example.org.", "A"));

        assertThat(lines).singleElement().asString().contains("A of a\\010b\\027c.example.org:");
    }

    @Test
    void aWrongSignatureIsReportedWithWhatIsWrong() {
        send(dig("example.com.", "SOA"), signedBy(key("known", "another secret of 32 bytes......")));
        now += LineLimit.INTERVAL.toNanos();
        send(dig("example.com.", "SOA"), signedBy(key("other", "0123456789abcdef0123456789abcdef")));

        assertThat(lines)
                .containsExactly(
                        "refused 192.0.2.7, which asked for SOA of example.com:"
                                + " the secret of the key known is another one here",
                        "refused 192.0.2.7, which asked for SOA of example.com: the key other is not known here");
    }

    @Test
    void aForgedSourceIsReported() {
        send(dig("example.com.", "SOA").as(Access.NOTHING));

        assertThat(lines)
                .containsExactly("dropped what came from 192.0.2.7, which is inside the tunnel, but not through the"
                        + " tunnel");
    }

    @Test
    void whatIsAnsweredIsNotReported() {
        send(dig("example.com.", "SOA"));
        send(dig("nobody.example.com.", "A"));

        assertThat(lines).isEmpty();
    }

    @Test
    void aFloodIsReportedInALineAMinute() {
        for (int i = 0; i < 1000; i++) {
            send(dig("host" + i + ".example.org.", "A"));
        }
        assertThat(lines).hasSize(1);

        now += LineLimit.INTERVAL.toNanos();
        refusals.sweep();

        assertThat(lines)
                .hasSize(2)
                .endsWith("refused 192.0.2.7, which asked for A of host999.example.org: not a name of this zone"
                        + " (and 998 more like it within a minute)");
    }

    private void send(Dig question) {
        send(question, question.request());
    }

    private void send(Dig question, byte[] request) {
        refusals.responded(request, STRANGER, question.at(responder()).response(request));
    }

    private static Responder responder() {
        return SampleZone.responder(Map.of(KNOWN, Access.EVERYTHING), 0, InstantSource.system());
    }

    private static byte[] signedBy(TsigKey key) {
        Message message = SampleZone.parse(dig("example.com.", "SOA").request());
        key.toTsig().apply(message, null);
        return message.toWire();
    }

    private static TsigKey key(String name, String secret) {
        return TsigKey.of(name, "hmac-sha256", secret.getBytes(StandardCharsets.US_ASCII));
    }
}
