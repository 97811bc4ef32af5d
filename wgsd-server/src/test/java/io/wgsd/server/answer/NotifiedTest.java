package io.wgsd.server.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.model.IpAddress;
import io.wgsd.server.Samples;
import io.wgsd.server.answer.access.Access;
import io.wgsd.server.answer.access.Cookies;
import io.wgsd.server.answer.access.Grant;
import io.wgsd.server.answer.access.RateLimiter;
import io.wgsd.server.answer.access.TsigVerifier;
import io.wgsd.server.transport.Arrival;
import io.wgsd.server.transport.Protocol;
import io.wgsd.server.transport.QuerySource;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** NOTIFY (RFC 1996), where the registry takes it. Tested through {@link Responder}. */
class NotifiedTest {

    private final AtomicInteger notified = new AtomicInteger();

    @Test
    void whoMayTransferTheZoneMayNotify() throws IOException {
        Message response = send(Access.TRANSFER, "example.com.", Type.SOA, Optional.of(notified::incrementAndGet));

        assertThat(response.getRcode()).isEqualTo(Rcode.NOERROR);
        assertThat(response.getHeader().getOpcode()).isEqualTo(Opcode.NOTIFY);
        assertThat(response.getHeader().getFlag(Flags.AA)).isTrue();
        assertThat(response.getQuestion().getType()).isEqualTo(Type.SOA);
        assertThat(notified).hasValue(1);
    }

    @Test
    void othersAreRefused() throws IOException {
        for (Access access : new Access[] {Access.REFUSAL, Access.KNOWN_KEYS, Access.EVERYTHING}) {
            Message response = send(access, "example.com.", Type.SOA, Optional.of(notified::incrementAndGet));

            assertThat(response.getRcode()).as(access.name()).isEqualTo(Rcode.REFUSED);
        }
        assertThat(notified).hasValue(0);
    }

    @Test
    void newsOfAnotherZoneOrTypeAreNone() throws IOException {
        assertThat(send(Access.TRANSFER, "example.org.", Type.SOA, Optional.of(notified::incrementAndGet))
                        .getRcode())
                .isEqualTo(Rcode.NOTAUTH);
        assertThat(send(Access.TRANSFER, "example.com.", Type.NS, Optional.of(notified::incrementAndGet))
                        .getRcode())
                .isEqualTo(Rcode.NOTAUTH);
        assertThat(notified).hasValue(0);
    }

    @Test
    void aRegistryThatHasItsZoneFromItsDeviceAloneDoesNotTakeIt() throws IOException {
        assertThat(send(Access.TRANSFER, "example.com.", Type.SOA, Optional.empty())
                        .getRcode())
                .isEqualTo(Rcode.NOTIMP);
    }

    private static Message send(Access access, String zone, int type, Optional<Runnable> onNotify) throws IOException {
        Responder responder = new Responder(
                Samples.NAMES,
                new TsigVerifier(Map.of()),
                new Cookies(InstantSource.system(), new Random(1)),
                new RateLimiter(0, () -> 0, new Random(2)),
                new byte[0],
                onNotify);
        Message request = Message.newQuery(Record.newRecord(Name.fromString(zone), type, DClass.IN));
        request.getHeader().setOpcode(Opcode.NOTIFY);
        request.getHeader().setFlag(Flags.AA);
        Response response = responder.respond(
                request.toWire(),
                null,
                new Grant(access, null, false),
                new QuerySource(IpAddress.parse("192.0.2.1"), Arrival.ELSEWHERE, Protocol.UDP));
        Message read = new Message(response.message());
        assertThat(read.getSection(Section.ANSWER)).isEmpty();
        return read;
    }
}
