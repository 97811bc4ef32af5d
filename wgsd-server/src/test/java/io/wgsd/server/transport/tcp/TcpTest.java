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
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Streams of requests, as RFC 7766 has them. */
@Timeout(60)
class TcpTest {

    @Test
    void requestsOneBehindTheOtherAreAnsweredInTheirOrder() throws IOException {
        try (Fixture fixture = Fixture.serving(Fixture::echo);
                Socket client = fixture.connect()) {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            for (int i = 0; i < 500; i++) {
                all.write(framed("request " + i));
            }
            client.getOutputStream().write(all.toByteArray());

            for (int i = 0; i < 500; i++) {
                assertThat(read(client)).isEqualTo("re: request " + i);
            }
        }
    }

    @Test
    void twoRequestsMayBeSplitAnywhere() throws IOException {
        byte[] requests = concat(framed("first"), framed("second"));
        try (Fixture fixture = Fixture.serving(Fixture::echo)) {
            for (int split = 1; split < requests.length; split++) {
                try (Socket client = fixture.connect()) {
                    client.setTcpNoDelay(true);
                    OutputStream out = client.getOutputStream();
                    out.write(requests, 0, split);
                    if (split >= 7) {
                        assertThat(read(client)).isEqualTo("re: first");
                    }
                    out.write(requests, split, requests.length - split);
                    if (split < 7) {
                        assertThat(read(client)).isEqualTo("re: first");
                    }
                    assertThat(read(client)).isEqualTo("re: second");
                }
            }
        }
    }

    @Test
    void aRequestMayComeByteForByte() throws IOException {
        try (Fixture fixture = Fixture.serving(Fixture::echo);
                Socket client = fixture.connect()) {
            client.setTcpNoDelay(true);
            for (byte each : framed("x".repeat(300))) {
                client.getOutputStream().write(each);
            }

            assertThat(read(client)).isEqualTo("re: " + "x".repeat(300));
        }
    }

    @Test
    void theLongestRequestAndTheLongestResponseFit() throws IOException {
        try (Fixture fixture = Fixture.serving((message, asker) -> message);
                Socket client = fixture.connect()) {
            String longest = "x".repeat(65_535);
            client.getOutputStream().write(framed(longest));

            assertThat(read(client)).isEqualTo(longest);
        }
    }

    @Test
    void aClientThatHasFinishedSendingGetsItsAnswersAndThenTheEnd() throws IOException {
        try (Fixture fixture = Fixture.serving(Fixture::echo);
                Socket client = fixture.connect()) {
            client.getOutputStream().write(concat(framed("a"), framed("b")));
            client.shutdownOutput();

            assertThat(read(client)).isEqualTo("re: a");
            assertThat(read(client)).isEqualTo("re: b");
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void silenceEndsTheConnectionBehindTheAnswersBefore() throws IOException {
        MessageHandler picky = (message, asker) -> message.length == 1 ? message : null;
        try (Fixture fixture = Fixture.serving(picky);
                Socket client = fixture.connect()) {
            client.getOutputStream().write(concat(framed("a"), framed("bb")));

            assertThat(read(client)).isEqualTo("a");
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
    }

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
    void whoHasMostConnectionsGivesWayToOthersAndNotTheOthersToIt() throws IOException {
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
            public byte[] answer(byte[] message, QuerySource asker) {
                return Fixture.echo(message, asker);
            }

            @Override
            public Client client(QuerySource asker) {
                boolean peer = asker.address().equals(IpAddress.parse("127.0.1.1"));
                return Client.network(peer ? Client.Standing.KNOWN : Client.Standing.STRANGER, asker.address());
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
        MessageHandler generous = (message, asker) -> message.length == 1 ? message : new byte[65_535];
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

    private static boolean isCut(Socket socket) {
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    @Test
    void whoAsksWithoutEndDelaysOthersByLittle() throws Exception {
        AtomicInteger answered = new AtomicInteger();
        MessageHandler slow = (message, asker) -> {
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
            for (int i = 0; i < 3; i++) {
                int before = answered.get();
                modest.getOutputStream().write(framed("y"));
                assertThat(read(modest)).isEqualTo("y");
                // One turn of the other's, and one that had begun, are in between; not one of each of its connections.
                assertThat(answered.get() - before).isLessThanOrEqualTo(5);
            }
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

    @Test
    void whoDoesNotTakeItsAnswersIsNotReadFromAnyMore() throws IOException {
        AtomicInteger answered = new AtomicInteger();
        MessageHandler generous = (message, asker) -> {
            answered.incrementAndGet();
            return new byte[65_535];
        };
        try (Fixture fixture = Fixture.serving(generous);
                Socket greedy = fixture.connect()) {
            greedy.setSendBufferSize(16_384);
            Thread sender = new Thread(() -> pour(greedy));
            sender.start();
            try (Socket other = fixture.connect()) {
                other.getOutputStream().write(framed("x"));
                new DataInputStream(other.getInputStream()).readFully(new byte[2 + 65_535]);
            }
            // What the kernel's buffers hold, and little more, has been answered; not the megabytes that are offered.
            assertThat(answered.get()).isLessThan(1000);
            List<Integer> lengths = new ArrayList<>();
            DataInputStream in = new DataInputStream(greedy.getInputStream());
            for (int i = 0; i < 2000; i++) {
                lengths.add(in.readUnsignedShort());
                in.readFully(new byte[65_535]);
            }
            assertThat(lengths).containsOnly(65_535);
            greedy.close();
            sender.join(Fixture.PATIENCE.toMillis());
            assertThat(sender.isAlive()).isFalse();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aResponseOfManyMessagesIsMadeAsItIsTakenOffAndOthersAreServedMeanwhile() throws IOException {
        AtomicInteger made = new AtomicInteger();
        MessageHandler talkative = new MessageHandler() {
            @Override
            public byte[] answer(byte[] message, QuerySource asker) {
                return Fixture.echo(message, asker);
            }

            @Override
            public Iterator<byte[]> answerStream(byte[] message, QuerySource asker) {
                return Fixture.text(message).equals("all")
                        ? IntStream.range(0, 5_000)
                                .peek(made::set)
                                .mapToObj(i -> Fixture.bytes(i + " ".repeat(20_000)))
                                .iterator()
                        : MessageHandler.super.answerStream(message, asker);
            }
        };
        try (Fixture fixture = Fixture.serving(talkative);
                Socket greedy = fixture.connect();
                Socket other = fixture.connect()) {
            greedy.getOutputStream().write(concat(framed("all"), framed("after")));
            assertThat(read(greedy)).startsWith("0 ");
            ask(other);
            assertThat(made.get()).as("of 100 MB, made before they are wanted").isLessThan(1_000);
            for (int i = 1; i < 5_000; i++) {
                assertThat(read(greedy)).startsWith(i + " ");
            }
            assertThat(read(greedy)).isEqualTo("re: after");
        }
    }

    @Test
    void closingTwiceEndsConnectionsAndFreesTheAddress() throws IOException {
        Fixture fixture = Fixture.serving(Fixture::echo);
        Socket client = fixture.connect();
        ask(client);
        InetSocketAddress address = fixture.address();

        fixture.close();
        fixture.close();

        assertThat(client.getInputStream().read()).isEqualTo(-1);
        client.close();
        try (ServerSocket again = new ServerSocket()) {
            again.bind(address);
        }
    }

    private static void pour(Socket socket) {
        try {
            byte[] many = new byte[0];
            for (int i = 0; i < 100; i++) {
                many = concat(many, framed("x"));
            }
            while (true) {
                socket.getOutputStream().write(many);
            }
        } catch (IOException e) {
            // The socket was closed: done.
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
