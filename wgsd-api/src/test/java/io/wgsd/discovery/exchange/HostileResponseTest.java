package io.wgsd.discovery.exchange;

import static io.wgsd.discovery.exchange.ScriptedResponse.address;
import static io.wgsd.discovery.exchange.ScriptedResponse.name;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.discovery.exchange.ExchangeException.Reason;
import io.wgsd.discovery.exchange.ScriptedServer.Heard;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Message;
import org.xbill.DNS.Type;

/** Messages that are no answer, and must neither be taken for one nor keep the true one out. */
class HostileResponseTest extends ExchangeFixture {

    @Test
    void aTcpAnswerToAnotherQuestionIsNone() throws Exception {
        ScriptedServer server = start(heard -> heard.tcp()
                ? good(heard).id(heard.query().getHeader().getID() ^ 1).once()
                : heard.response().truncated().once());
        assertThat(failure(exchange(server), SHORT).reason()).isEqualTo(Reason.MALFORMED);
    }

    @Test
    void answersUnderAnotherIdOrToAnotherQuestionAreIgnored() throws Exception {
        ScriptedServer server = start(heard -> List.of(
                bad(heard).id(heard.query().getHeader().getID() ^ 1).toWire(),
                bad(heard).question(name("other.example.com."), Type.A).toWire(),
                bad(heard).question(NAME, Type.AAAA).toWire(),
                bad(heard).withoutQuestion().toWire(),
                bad(heard).notAResponse().toWire(),
                good(heard).toWire()));
        assertThat(ask(exchange(server))).isEqualTo("192.0.2.1");
    }

    @Test
    void nonsenseBeforeTheAnswerIsIgnored() throws Exception {
        ScriptedServer server = start(heard -> {
            byte[] wire = good(heard).toWire();
            return List.of(
                    new byte[0],
                    new byte[1],
                    java.util.Arrays.copyOf(wire, 11),
                    java.util.Arrays.copyOf(wire, wire.length - 1),
                    compressionLoop(wire),
                    wire);
        });
        assertThat(ask(exchange(server))).isEqualTo("192.0.2.1");
    }

    @Test
    void nothingButNonsenseIsMalformed() throws Exception {
        ScriptedServer server =
                start(heard -> List.of(compressionLoop(good(heard).toWire())));
        assertThat(failure(exchange(server), SHORT).reason()).isEqualTo(Reason.MALFORMED);
    }

    @Test
    void anAnswerFromAnotherAddressIsIgnored() throws Exception {
        try (DatagramSocket forger = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            ScriptedServer server = start(heard -> {
                byte[] forged = bad(heard).toWire();
                forger.send(new DatagramPacket(forged, forged.length, heard.from()));
                return good(heard).once();
            });
            assertThat(ask(exchange(server))).isEqualTo("192.0.2.1");
        }
    }

    @Test
    void anAnswerThatComesTwiceIsOneAnswer() throws Exception {
        ScriptedServer server =
                start(heard -> List.of(good(heard).toWire(), good(heard).toWire()));
        Exchange exchange = exchange(server);
        assertThat(ask(exchange)).isEqualTo("192.0.2.1");
        assertThat(ask(exchange)).isEqualTo("192.0.2.1");
    }

    @Test
    void anyBytesAreAResponseOrAnIOException() throws Exception {
        Random random = new Random(20260101);
        byte[] good = ScriptedResponse.to(Message.newQuery(org.xbill.DNS.Record.newRecord(NAME, Type.A, 1)))
                .id(7)
                .answer(
                        address(NAME, "192.0.2.1"),
                        ScriptedResponse.srv(NAME, 1, NAME),
                        ScriptedResponse.txt(NAME, "a", "b"))
                .toWire();
        int parsed = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = good.clone();
            for (int j = random.nextInt(4); j >= 0; j--) {
                bytes[2 + random.nextInt(bytes.length - 2)] = (byte) random.nextInt();
            }
            try {
                QUESTION.parseResponse(java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length + 1)), 7);
                parsed++;
            } catch (IOException e) {
                assertThat(e.getMessage()).isNotBlank();
            }
        }
        assertThat(parsed).isPositive();
    }

    private static ScriptedResponse bad(Heard heard) {
        return heard.response().answer(address(NAME, "192.0.2.66"));
    }

    /** Makes the answer's owner a pointer to itself. */
    private static byte[] compressionLoop(byte[] wire) {
        byte[] loop = wire.clone();
        int owner = 12 + NAME.length() + 4;
        loop[owner] = (byte) 0xc0;
        loop[owner + 1] = (byte) owner;
        return loop;
    }
}
