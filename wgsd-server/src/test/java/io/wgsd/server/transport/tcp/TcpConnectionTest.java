package io.wgsd.server.transport.tcp;

import static io.wgsd.server.transport.Fixture.framed;
import static io.wgsd.server.transport.Fixture.read;
import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One stream of requests, as RFC 7766 has it. */
@Timeout(60)
class TcpConnectionTest {

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
        try (Fixture fixture = Fixture.serving((message, source) -> message);
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
        MessageHandler picky = (message, source) -> message.length == 1 ? message : null;
        try (Fixture fixture = Fixture.serving(picky);
                Socket client = fixture.connect()) {
            client.getOutputStream().write(concat(framed("a"), framed("bb")));

            assertThat(read(client)).isEqualTo("a");
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void aClientThatDoesNotReadItsAnswersIsNoLongerReadFrom() throws IOException {
        AtomicInteger answered = new AtomicInteger();
        MessageHandler generous = (message, source) -> {
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
            public byte[] answer(byte[] message, QuerySource source) {
                return Fixture.echo(message, source);
            }

            @Override
            public Iterator<byte[]> answerStream(byte[] message, QuerySource source) {
                return Fixture.text(message).equals("all")
                        ? IntStream.range(0, 5_000)
                                .peek(made::set)
                                .mapToObj(i -> Fixture.bytes(i + " ".repeat(20_000)))
                                .iterator()
                        : MessageHandler.super.answerStream(message, source);
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
