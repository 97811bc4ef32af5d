package io.wgsd.server.transport.udp;

import static io.wgsd.server.transport.Fixture.bytes;
import static io.wgsd.server.transport.Fixture.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgsd.server.transport.Arrival;
import io.wgsd.server.transport.Fixture;
import io.wgsd.server.transport.MessageHandler;
import io.wgsd.server.transport.Protocol;
import io.wgsd.server.transport.QuerySource;
import io.wgsd.server.transport.QuickHandler;
import io.wgsd.server.transport.bind.ListenPlan;
import io.wgsd.server.transport.bind.Listening;
import io.wgsd.server.transport.tcp.TcpLimits;
import java.io.IOException;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds for datagrams, however they are served. */
@Timeout(60)
@ParameterizedClass
@EnumSource(UdpTest.Way.class)
class UdpTest {

    enum Way {
        ONE_BY_ONE(1, false),
        ONE_BY_ONE_BY_THREE_THREADS(3, false),
        BATCHED(1, true),
        BATCHED_BY_THREE_THREADS(3, true);

        private final UdpOptions options;

        Way(int threads, boolean batched) {
            options = UdpOptions.ofThisHost(threads, batched);
        }
    }

    @Parameter
    private Way way = Way.ONE_BY_ONE;

    @Test
    void aDatagramIsAnsweredToItsSender() throws IOException {
        try (Fixture fixture = Fixture.serving(Fixture::echo, way.options);
                DatagramSocket client = client()) {
            send(client, fixture, "hello");

            assertThat(receive(client)).isEqualTo("re: hello");
        }
    }

    @Test
    void silenceIsSilenceAndTheNextOneIsAnswered() throws IOException {
        try (Fixture fixture = Fixture.serving((message, source) -> message.length == 0 ? null : message, way.options);
                DatagramSocket client = client()) {
            send(client, fixture, "");
            send(client, fixture, "x");

            assertThat(receive(client)).isEqualTo("x");
        }
    }

    @Test
    void aHandlerThatFailsIsAskedAgain() throws IOException {
        MessageHandler moody = (message, source) -> {
            if (message.length == 1) {
                throw new IllegalStateException("a fault to survive, thrown by a test");
            }
            return message;
        };
        try (Fixture fixture = Fixture.serving(moody, way.options);
                DatagramSocket client = client()) {
            send(client, fixture, "x");
            send(client, fixture, "xx");

            assertThat(receive(client)).isEqualTo("xx");
        }
    }

    @Test
    void theClientIsTheSender() throws IOException, InterruptedException {
        BlockingQueue<QuerySource> askers = new LinkedBlockingQueue<>();
        MessageHandler handler = (message, source) -> {
            askers.add(source);
            return null;
        };
        try (Fixture fixture = Fixture.serving(handler, way.options);
                DatagramSocket client = client()) {
            send(client, fixture, "x");

            QuerySource source = askers.poll(Fixture.PATIENCE.toSeconds(), TimeUnit.SECONDS);
            assertThat(source).isNotNull();
            assertThat(source.address().isLoopback()).isTrue();
            assertThat(source.arrival()).isEqualTo(Arrival.UNKNOWN);
            assertThat(source.protocol()).isEqualTo(Protocol.UDP);
        }
    }

    @Test
    void manyClientsGetEachItsOwnAnswer() throws IOException {
        try (Fixture fixture = Fixture.serving(Fixture::echo, way.options)) {
            List<DatagramSocket> clients = new ArrayList<>();
            try {
                for (int i = 0; i < 200; i++) {
                    clients.add(client());
                    send(clients.get(i), fixture, "from " + i);
                }
                for (int i = 0; i < clients.size(); i++) {
                    assertThat(receive(clients.get(i))).isEqualTo("re: from " + i);
                }
            } finally {
                clients.forEach(DatagramSocket::close);
            }
        }
    }

    @Test
    void oneThatAnswersQuicklyIsAskedFirst() throws IOException {
        MessageHandler handler = new MessageHandler() {
            @Override
            public byte[] answer(byte[] message, QuerySource source) {
                return bytes("slowly");
            }

            @Override
            public QuickHandler quick(Arrival arrival) {
                return (message, length, high, low, response) -> {
                    response[0] = (byte) length;
                    return length == 1 ? 1 : 0;
                };
            }
        };
        try (Fixture fixture = Fixture.serving(handler, way.options);
                DatagramSocket client = client()) {
            send(client, fixture, "x");
            assertThat(receive(client)).isEqualTo("\1");
            send(client, fixture, "xx");
            assertThat(receive(client)).isEqualTo("slowly");
        }
    }

    @Test
    void clientsAreDistributedAmongTheThreads() throws IOException {
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        MessageHandler handler = (message, source) -> {
            threads.add(Thread.currentThread());
            return message;
        };
        try (Fixture fixture = Fixture.serving(handler, way.options)) {
            for (int i = 0; i < 100; i++) {
                try (DatagramSocket client = client()) {
                    send(client, fixture, "x");
                    receive(client);
                }
            }
        }

        assertThat(threads).hasSize(way.options.threads());
    }

    /** Linux asks the socket of each kind that was bound last; every name server needs both kinds. */
    @Test
    void thePortIsClosedToOtherNameServers() throws IOException {
        try (Fixture fixture = Fixture.serving(Fixture::echo, way.options);
                ServerSocketChannel other = ServerSocketChannel.open()) {
            other.setOption(StandardSocketOptions.SO_REUSEPORT, true);

            assertThatThrownBy(() -> other.bind(fixture.address())).isInstanceOf(BindException.class);
            assertThatThrownBy(() -> Listening.open(
                            new ListenPlan("wg0", List.of(fixture.address())),
                            Fixture.NO_LINKS,
                            Fixture.UNCHECKED,
                            way.options,
                            TcpLimits.defaults(),
                            Fixture::echo,
                            Thread::new,
                            line -> {}))
                    .isInstanceOf(BindException.class);
        }
    }

    private static DatagramSocket client() throws IOException {
        DatagramSocket client = new DatagramSocket(0, Fixture.LOOPBACK);
        client.setSoTimeout((int) Fixture.PATIENCE.toMillis());
        return client;
    }

    private static void send(DatagramSocket client, Fixture fixture, String message) throws IOException {
        byte[] bytes = bytes(message);
        client.send(new DatagramPacket(bytes, bytes.length, fixture.address()));
    }

    private static String receive(DatagramSocket client) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[1024], 1024);
        client.receive(packet);
        return text(packet.getData()).substring(0, packet.getLength());
    }
}
