package io.wgsd.server.transport.tcp;

import static io.wgsd.server.transport.Fixture.framed;
import static io.wgsd.server.transport.Fixture.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.model.IpAddress;
import io.wgsd.server.transport.Client;
import io.wgsd.server.transport.Fixture;
import io.wgsd.server.transport.MessageHandler;
import io.wgsd.server.transport.QuerySource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which share of connections, memory and time a client gets: tests {@link Accounts} and {@link Account} too. */
@Timeout(60)
class TcpConnectionsTest {

    @Test
    void aConnectionWithoutProgressIsClosed() throws IOException {
        TcpLimits impatient = new TcpLimits(10, 10, Duration.ofMillis(100));
        try (Fixture fixture = Fixture.serving(Fixture::echo, impatient);
                Socket idle = fixture.connect();
                Socket slow = fixture.connect()) {
            slow.getOutputStream().write(new byte[] {0, 9, 1});

            assertThat(idle.getInputStream().read()).isEqualTo(-1);
            assertThat(slow.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void beyondAClientsConnectionsItsOwnLongestIdleOneGivesWayToTheNewOne() throws IOException {
        TcpLimits strict = new TcpLimits(10, 2, Duration.ofSeconds(60));
        try (Fixture fixture = Fixture.serving(Fixture::echo, strict);
                Socket first = fixture.connect();
                Socket second = fixture.connect()) {
            ask(second);
            ask(first);

            try (Socket third = fixture.connect()) {
                ask(third);
                assertThat(second.getInputStream().read()).isEqualTo(-1);
                ask(first);
            }
        }
    }

    @Test
    void theClientWithMostConnectionsGivesWayToOthersAndNotTheOthersToIt() throws IOException {
        TcpLimits strict = new TcpLimits(4, 4, Duration.ofSeconds(60));
        try (Fixture fixture = Fixture.serving(Fixture::echo, strict);
                Socket modest = fixture.connectFrom("127.0.1.1")) {
            ask(modest);
            List<Socket> greedy = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                // Addresses of one /24 are one client.
                greedy.add(fixture.connectFrom("127.0.2." + (1 + i)));
                ask(greedy.get(i));
            }

            ask(modest);
            try (Socket newcomer = fixture.connectFrom("127.0.3.1")) {
                ask(newcomer);
                ask(modest);
            }
            assertThat(greedy.get(16).getInputStream().read()).isEqualTo(-1);
            for (Socket each : greedy) {
                each.close();
            }
        }
    }

    @Test
    void strangersTakeNothingFromThoseWhoAreKnown() throws IOException {
        TcpLimits strict = new TcpLimits(3, 3, Duration.ofSeconds(60));
        MessageHandler handler = new MessageHandler() {
            @Override
            public byte[] answer(byte[] message, QuerySource source) {
                return Fixture.echo(message, source);
            }

            @Override
            public Client client(QuerySource source) {
                boolean peer = source.address().equals(IpAddress.parse("127.0.1.1"));
                return Client.network(peer ? Client.Standing.KNOWN : Client.Standing.STRANGER, source.address());
            }
        };
        try (Fixture fixture = Fixture.serving(handler, strict);
                Socket peer = fixture.connectFrom("127.0.1.1")) {
            ask(peer);
            for (int i = 0; i < 300; i++) {
                try (Socket stranger = fixture.connectFrom("127.0." + (2 + i % 30) + ".1")) {
                    ask(stranger);
                }
            }

            ask(peer);
        }
    }

    @Test
    void aClientHoldsOnlyItsPartOfTheMemory() throws IOException {
        TcpLimits little = new TcpLimits(100, 100, 10, 10, Duration.ofSeconds(60), 8 << 20);
        MessageHandler generous = (message, source) -> message.length == 1 ? message : new byte[65_535];
        List<Socket> greedy = new ArrayList<>();
        try (Fixture fixture = Fixture.serving(generous, little);
                Socket modest = fixture.connectFrom("127.0.1.1")) {
            modest.getOutputStream().write(framed("x"));
            assertThat(read(modest)).isEqualTo("x");
            for (int i = 0; i < 50; i++) {
                greedy.add(fixture.connectFrom("127.0.2.1"));
                // What begins like the longest request, and does not end.
                greedy.get(i).getOutputStream().write(new byte[] {(byte) 0xff, (byte) 0xff});
                greedy.get(i).getOutputStream().write(new byte[65_000]);
            }
            modest.getOutputStream().write(framed("x"));
            assertThat(read(modest)).isEqualTo("x");

            // A stranger's part is a quarter of a megabyte here: no more than four such requests.
            int cut = 0;
            for (Socket each : greedy) {
                each.setSoTimeout(200);
                cut += isCut(each) ? 1 : 0;
                each.close();
            }
            assertThat(cut).isGreaterThan(40);
        }
    }

    @Test
    void aClientThatAsksWithoutEndDelaysOthersByLittle() throws Exception {
        AtomicInteger answered = new AtomicInteger();
        MessageHandler slow = (message, source) -> {
            answered.incrementAndGet();
            long until = System.nanoTime() + Duration.ofMillis(2).toNanos();
            while (System.nanoTime() - until < 0) {
                Thread.onSpinWait();
            }
            return message;
        };
        byte[] requests = new byte[0];
        for (int i = 0; i < 5_000; i++) {
            requests = concat(requests, framed("x"));
        }
        List<Socket> greedy = new ArrayList<>();
        try (Fixture fixture = Fixture.serving(slow);
                Socket modest = fixture.connectFrom("127.0.1.1")) {
            for (int i = 0; i < 8; i++) {
                greedy.add(fixture.connectFrom("127.0.2.1"));
                greedy.get(i).getOutputStream().write(requests);
            }
            int fewest = Integer.MAX_VALUE;
            // On a busy machine this thread may be late itself, so the best of several rounds counts.
            for (int i = 0; i < 10; i++) {
                int before = answered.get();
                modest.getOutputStream().write(framed("y"));
                assertThat(read(modest)).isEqualTo("y");
                fewest = Math.min(fewest, answered.get() - before);
            }
            // One turn of the other's, and one that had begun, are in between; not one of each of its connections.
            assertThat(fewest).isLessThanOrEqualTo(5);
            for (Socket each : greedy) {
                each.close();
            }
        }
    }

    @Test
    void aConnectionThatIsClosedMakesRoomForAnother() throws IOException {
        TcpLimits strict = new TcpLimits(10, 1, Duration.ofSeconds(60));
        try (Fixture fixture = Fixture.serving(Fixture::echo, strict)) {
            for (int i = 0; i < 20; i++) {
                try (Socket client = fixture.connect()) {
                    ask(client);
                    client.shutdownOutput();
                    assertThat(client.getInputStream().read()).isEqualTo(-1);
                }
            }
        }
    }

    @Test
    void beyondAllConnectionsTheOneLongestWithoutProgressGivesWay() throws IOException {
        TcpLimits strict = new TcpLimits(2, 2 + 1, Duration.ofSeconds(60));
        try (Fixture fixture = Fixture.serving(Fixture::echo, strict);
                Socket first = fixture.connect();
                Socket second = fixture.connect()) {
            ask(second);
            ask(first);

            try (Socket third = fixture.connect()) {
                ask(third);
                assertThat(second.getInputStream().read()).isEqualTo(-1);
                ask(first);
            }
        }
    }

    private static boolean isCut(Socket socket) {
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    private static void ask(Socket client) throws IOException {
        client.getOutputStream().write(framed("?"));
        try {
            assertThat(read(client)).isEqualTo("re: ?");
        } catch (SocketTimeoutException e) {
            throw new AssertionError("no answer", e);
        }
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
