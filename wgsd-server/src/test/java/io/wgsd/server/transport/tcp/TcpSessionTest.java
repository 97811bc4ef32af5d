package io.wgsd.server.transport.tcp;

import static io.wgsd.server.transport.Fixture.bytes;
import static io.wgsd.server.transport.Fixture.framed;
import static io.wgsd.server.transport.Fixture.read;
import static io.wgsd.server.transport.Fixture.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.server.transport.Client;
import io.wgsd.server.transport.Fixture;
import io.wgsd.server.transport.MessageHandler;
import io.wgsd.server.transport.PushChannel;
import io.wgsd.server.transport.QuerySource;
import io.wgsd.server.transport.StreamHandler;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Connections that last, who pays for them, and what becomes of the others where one of them fails. */
@Timeout(60)
class TcpSessionTest {

    /** A stranger may have a quarter of a megabyte of these, and who is known one and a half. */
    private static final TcpLimits LIMITS = new TcpLimits(100, 100, 10, 10, Duration.ofSeconds(60), 8 << 20);

    private static final int MUCH = 1 << 20;
    private static final int LITTLE = MUCH / 5;

    /** Strangers become known when they say so, as peers do that ask before the device has been read. */
    private static final class Promoting implements MessageHandler {

        private volatile boolean known;

        @Override
        public byte[] answer(byte[] message, QuerySource source) {
            return message;
        }

        @Override
        public Client client(QuerySource source) {
            return Client.network(known ? Client.Standing.KNOWN : Client.Standing.STRANGER, source.address());
        }

        @Override
        public StreamHandler open(QuerySource source, PushChannel channel) {
            return new StreamHandler() {
                @Override
                public Iterator<byte[]> answer(byte[] message) {
                    return switch (text(message)) {
                        case "known" -> {
                            known = true;
                            yield one("yes");
                        }
                        case "unknown" -> {
                            known = false;
                            yield one("yes");
                        }
                        case "keep much" -> one(channel.reserve(MUCH) ? "kept" : "too much");
                        case "keep little" -> one(channel.reserve(LITTLE) ? "kept" : "too much");
                        default -> one("yes");
                    };
                }

                @Override
                public Optional<Duration> patience() {
                    return Optional.of(Duration.ofMinutes(1));
                }
            };
        }

        private static Iterator<byte[]> one(String answer) {
            return List.of(bytes(answer)).iterator();
        }
    }

    @Test
    void aClientThatIsKnownByNowPaysAsSuchForWhatItHasKept() throws IOException {
        try (Fixture fixture = Fixture.serving(new Promoting(), LIMITS);
                Socket client = fixture.connect()) {
            assertThat(ask(client, "known")).isEqualTo("yes");

            assertThat(ask(client, "keep much")).isEqualTo("kept");
        }
    }

    @Test
    void keptMemoryIsGivenBackToTheClientsThatPaidForIt() throws IOException {
        try (Fixture fixture = Fixture.serving(new Promoting(), LIMITS)) {
            for (int i = 0; i < 50; i++) {
                try (Socket client = fixture.connect()) {
                    ask(client, "known");
                    assertThat(ask(client, "keep little")).isEqualTo("kept");
                    ask(client, "unknown");
                    client.shutdownOutput();
                    assertThat(client.getInputStream().read()).isEqualTo(-1);
                }
            }
        }
    }

    @Test
    void aFaultInAnAnswerThatWaitedForItsTurnEndsItsConnectionAlone() throws IOException {
        MessageHandler faulty = (message, source) -> {
            long until = System.nanoTime() + Duration.ofMillis(2).toNanos();
            while (System.nanoTime() - until < 0) {
                Thread.onSpinWait();
            }
            if (text(message).equals("fault")) {
                throw new IllegalStateException("a fault");
            }
            return message;
        };
        try (Fixture fixture = Fixture.serving(faulty);
                Socket unlucky = fixture.connect();
                Socket other = fixture.connectFrom("127.0.1.1")) {
            byte[] both = new byte[framed("x").length + framed("fault").length];
            System.arraycopy(framed("x"), 0, both, 0, framed("x").length);
            System.arraycopy(framed("fault"), 0, both, framed("x").length, framed("fault").length);
            unlucky.getOutputStream().write(both);
            assertThat(read(unlucky)).isEqualTo("x");
            assertThat(unlucky.getInputStream().read()).isEqualTo(-1);

            assertThat(ask(other, "y")).isEqualTo("y");
        }
    }

    private static String ask(Socket socket, String message) throws IOException {
        socket.getOutputStream().write(framed(message));
        return read(socket);
    }
}
