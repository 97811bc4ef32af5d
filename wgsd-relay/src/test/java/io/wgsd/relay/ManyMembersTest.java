package io.wgsd.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.relay.noise.TestPeer;
import io.wgsd.relay.wire.Messages;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * {@link Relay} with a thousand members, each at a source of its own.
 *
 * <p>The other side's thousand handshakes are computed here too, so the time by the clock has to be enough for both. No
 * member may have to be asked again, which is only done after five seconds.
 */
@Tag("release")
class ManyMembersTest {

    private static final int MEMBERS = 1000;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final TestPeer relayKeys = new TestPeer(0);
    private final List<TestPeer> peers = new ArrayList<>();
    private int asked;

    @Test
    void aThousandMembersAreBackWithinFiveSecondsOfARestart() throws Exception {
        for (int i = 1; i <= MEMBERS; i++) {
            peers.add(new TestPeer(i));
        }
        RelayMembers members = RelayMembers.of(peers.stream().map(TestPeer::key).toList());
        RelayStore store = RelayStore.inMemory();
        try (Selector selector = Selector.open()) {
            int port;
            try (Relay relay = Relay.builder(relayKeys.secretKey(), members)
                    .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                    .store(store)
                    .start()) {
                port = relay.localAddresses().get(0).getPort();
                for (TestPeer peer : peers) {
                    DatagramChannel channel = DatagramChannel.open();
                    channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                    channel.connect(relay.localAddresses().get(0));
                    channel.configureBlocking(false);
                    channel.register(selector, SelectionKey.OP_READ, peer);
                }
                attach(selector, relay);
            }
            try (Relay relay = Relay.builder(relayKeys.secretKey(), members)
                    .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                    .store(store)
                    .start()) {
                long begin = System.nanoTime();
                serve(selector, relay);
                Duration took = Duration.ofNanos(System.nanoTime() - begin);
                assertThat(relay.attached()).hasSize(MEMBERS);
                assertThat(asked).as("initiations in %s", took).isEqualTo(MEMBERS);
                assertThat(took).isLessThan(Duration.ofSeconds(5));
            } finally {
                for (SelectionKey key : selector.keys()) {
                    key.channel().close();
                }
            }
        }
    }

    /** All are in one network, so that most of them have to show a cookie. */
    private void attach(Selector selector, Relay relay) throws IOException {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (relay.attached().size() < MEMBERS && System.nanoTime() < end) {
            for (SelectionKey key : selector.keys()) {
                TestPeer peer = (TestPeer) key.attachment();
                if (!relay.attached().containsKey(peer.key())) {
                    byte[] first = peer.initiation(relay.publicKey());
                    send(key, first);
                    byte[] reply = await(key);
                    if (Messages.type(reply) == Messages.COOKIE_REPLY) {
                        send(key, peer.initiationWithCookie(relay.publicKey(), reply, first));
                        reply = await(key);
                    }
                    if (Messages.type(reply) == Messages.RESPONSE) {
                        send(key, peer.finish(reply));
                        await(key);
                    }
                }
            }
        }
        assertThat(relay.attached()).hasSize(MEMBERS);
    }

    /** Responds to the relay's initiations, for all members. */
    private void serve(Selector selector, Relay relay) throws IOException {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (relay.attached().size() < MEMBERS && System.nanoTime() < end) {
            selector.select(key -> answer(key), 10);
        }
    }

    private void answer(SelectionKey key) {
        try {
            byte[] message = read(key);
            if (Messages.type(message) == Messages.INITIATION) {
                asked++;
                send(key, ((TestPeer) key.attachment()).respond(message));
            }
        } catch (IOException e) {
            // The relay's socket was closed for a moment, which a connected socket is told.
        }
    }

    private static byte[] await(SelectionKey key) throws IOException {
        long end = System.nanoTime() + Duration.ofMillis(500).toNanos();
        byte[] message = read(key);
        while (message.length == 0 && System.nanoTime() < end) {
            message = read(key);
        }
        return message;
    }

    private static byte[] read(SelectionKey key) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(2048);
        ((DatagramChannel) key.channel()).read(buffer);
        byte[] message = new byte[buffer.flip().remaining()];
        buffer.get(message);
        return message;
    }

    private static void send(SelectionKey key, byte[] message) throws IOException {
        ((DatagramChannel) key.channel()).write(ByteBuffer.wrap(message));
    }
}
