package io.wgsd.server.transport;

import static io.wgsd.server.transport.Fixture.bytes;
import static io.wgsd.server.transport.Fixture.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class UdpTest {

    @Test
    void aDatagramIsAnsweredToItsSender() throws IOException {
        try (Fixture fixture = Fixture.serving(Fixture::echo);
                DatagramSocket client = client()) {
            send(client, fixture, "hello");

            assertThat(receive(client)).isEqualTo("re: hello");
        }
    }

    @Test
    void silenceIsSilenceAndTheNextOneIsAnswered() throws IOException {
        try (Fixture fixture = Fixture.serving((message, asker) -> message.length == 0 ? null : message);
                DatagramSocket client = client()) {
            send(client, fixture, "");
            send(client, fixture, "x");

            assertThat(receive(client)).isEqualTo("x");
        }
    }

    @Test
    void aHandlerThatFailsIsAskedAgain() throws IOException {
        MessageHandler moody = (message, asker) -> {
            if (message.length == 1) {
                throw new IllegalStateException("a fault to survive, thrown by a test");
            }
            return message;
        };
        try (Fixture fixture = Fixture.serving(moody);
                DatagramSocket client = client()) {
            send(client, fixture, "x");
            send(client, fixture, "xx");

            assertThat(receive(client)).isEqualTo("xx");
        }
    }

    @Test
    void theAskerIsWhoSentIt() throws IOException, InterruptedException {
        BlockingQueue<Asker> askers = new LinkedBlockingQueue<>();
        MessageHandler handler = (message, asker) -> {
            askers.add(asker);
            return null;
        };
        try (Fixture fixture = Fixture.serving(handler);
                DatagramSocket client = client()) {
            send(client, fixture, "x");

            Asker asker = askers.poll(Fixture.PATIENCE.toSeconds(), TimeUnit.SECONDS);
            assertThat(asker).isNotNull();
            assertThat(asker.address().isLoopback()).isTrue();
            assertThat(asker.arrival()).isEqualTo(Arrival.UNKNOWN);
            assertThat(asker.protocol()).isEqualTo(Protocol.UDP);
        }
    }

    @Test
    void manyClientsGetEachItsOwnAnswer() throws IOException {
        try (Fixture fixture = Fixture.serving(Fixture::echo)) {
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
