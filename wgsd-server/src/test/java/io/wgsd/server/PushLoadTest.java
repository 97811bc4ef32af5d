package io.wgsd.server;

import static io.wgsd.server.Samples.AWAY;
import static io.wgsd.server.Samples.HOME;
import static io.wgsd.server.Samples.NAMES;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.dnssd.push.DsoMessage;
import io.wgsd.dnssd.push.Subscription;
import io.wgsd.model.DeviceChange;
import io.wgsd.model.PublicKey;
import io.wgsd.server.transport.tcp.TcpLimits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Many subscribers, all of whom are told.
 *
 * <p>{@code -Dpush.subscribers=10000} has as many as a large registry; that takes 21,000 descriptors and a minute.
 */
@Timeout(300)
class PushLoadTest {

    private static final int SUBSCRIBERS = Integer.getInteger("push.subscribers", 500);
    private static final int SUBSCRIPTIONS = 100;
    private static final int PEERS = 200;

    private final World world = new World();
    private final List<Client> clients = new ArrayList<>();

    @AfterEach
    void close() throws IOException {
        for (Client client : clients) {
            client.channel.close();
        }
        world.close();
    }

    @Test
    void everySubscriberIsNotified() throws Exception {
        for (int i = 0; i < PEERS; i++) {
            world.setPeer(key(i), HOME);
        }
        // All of them are one client, this host, which so many would not be for one peer.
        RegistryBuilder builder = world.builder();
        TcpLimits usual = TcpLimits.defaults();
        builder.tcpLimits(new TcpLimits(
                SUBSCRIBERS, SUBSCRIBERS, usual.sessions(), SUBSCRIBERS, usual.idle(), 8 * usual.memory()));
        Registry registry = world.start(builder);
        world.awaitEvent("first zone");
        int port = registry.localAddresses().get(0).getPort();
        try (Selector selector = Selector.open()) {
            for (int i = 0; i < SUBSCRIBERS; i++) {
                Client client = new Client(i, port, selector);
                clients.add(client);
                // Who has not subscribed yet is one of few hundred that may be connected.
                client.subscribe();
                // Each has 100 answers and as many initial notifications; the readers must keep up.
                read(selector, 0);
            }
            await(selector, 2 * SUBSCRIPTIONS);

            world.source.apply(
                    "wg0", DeviceChange.builder().peer(key(0)).endpoint(AWAY).build());
            long began = System.nanoTime();
            await(selector, 2 * SUBSCRIPTIONS + 1);
            long millis = (System.nanoTime() - began) / 1_000_000;
            Runtime runtime = Runtime.getRuntime();
            System.gc();
            assertThat(clients)
                    .as(
                            "all %d told within %d ms, with %d MiB in use",
                            SUBSCRIBERS, millis, (runtime.totalMemory() - runtime.freeMemory()) >> 20)
                    .allMatch(client -> client.messages == 2 * SUBSCRIPTIONS + 1);
            if (SUBSCRIBERS > 5_000) {
                System.out.printf(
                        "%d subscribers told within %d ms, %d MiB in use%n",
                        SUBSCRIBERS, millis, (runtime.totalMemory() - runtime.freeMemory()) >> 20);
            }
        }
    }

    private void await(Selector selector, int messages) throws IOException {
        long deadline = System.nanoTime() + Duration.ofSeconds(200).toNanos();
        while (clients.stream().anyMatch(client -> client.messages < messages)) {
            assertThat(System.nanoTime() - deadline)
                    .as("nanoseconds past the deadline")
                    .isNegative();
            read(selector, 100);
        }
    }

    private static void read(Selector selector, long millis) throws IOException {
        if (millis == 0) {
            selector.selectNow();
        } else {
            selector.select(millis);
        }
        for (SelectionKey key : selector.selectedKeys()) {
            ((Client) key.attachment()).read();
        }
        selector.selectedKeys().clear();
    }

    private static PublicKey key(int number) {
        return PublicKey.of(ByteBuffer.allocate(32).putInt(number + 1).array());
    }

    private static final class Client {

        private final int number;
        private final SocketChannel channel;
        private final ByteBuffer received = ByteBuffer.allocate(2_048);
        private int messages;

        Client(int number, int port, Selector selector) throws IOException {
            this.number = number;
            channel = SocketChannel.open();
            byte[] address = {127, 1, (byte) (number >> 8), (byte) number};
            channel.bind(new InetSocketAddress(InetAddress.getByAddress(address), 0));
            channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, this);
        }

        /** Subscribes to the first peer, and to others that differ from one subscriber to the next. */
        void subscribe() throws IOException {
            ByteBuffer out = ByteBuffer.allocate(SUBSCRIPTIONS * 128);
            for (int i = 0; i < SUBSCRIPTIONS; i++) {
                PublicKey peer = key(i == 0 ? 0 : 1 + (number + i) % (PEERS - 1));
                byte[] message = DsoMessage.request(
                                i + 1, Subscription.all(NAMES.instance(peer)).encode())
                        .encode();
                out.putShort((short) message.length).put(message);
            }
            out.flip();
            while (out.hasRemaining()) {
                channel.write(out);
            }
        }

        void read() throws IOException {
            while (channel.read(received) > 0) {
                received.flip();
                while (received.remaining() >= 2
                        && received.remaining() - 2 >= (received.getShort(received.position()) & 0xffff)) {
                    int length = received.getShort() & 0xffff;
                    received.position(received.position() + length);
                    messages++;
                }
                received.compact();
            }
        }
    }
}
