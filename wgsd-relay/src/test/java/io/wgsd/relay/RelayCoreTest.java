package io.wgsd.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.relay.noise.TestPeer;
import io.wgsd.relay.roster.Source;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/** {@link RelayCore} with a thousand members, in virtual time. */
class RelayCoreTest {

    private static final int MEMBERS = 1000;
    private static final long ROUND_TRIP = Duration.ofMillis(100).toNanos();
    /** What the handshakes cost the relay that it begins at once. */
    private static final long TURN = Duration.ofMillis(16).toNanos();

    private static final int DATA_A_TURN = 50;

    private static final long LIMIT = Duration.ofSeconds(20).toNanos();

    private record Response(long at, byte[] message, Source from) {}

    private final TestPeer[] peers = new TestPeer[MEMBERS];

    /** Members go on sending data to others, which the restarted relay cannot tell from strangers'. */
    @Test
    void aThousandMembersOfOneNetworkAreBackWithinFiveSecondsOfARestart() {
        Map<Source, TestPeer> bySource = new HashMap<>();
        for (int i = 0; i < MEMBERS; i++) {
            peers[i] = new TestPeer(i + 1);
        }
        RelayWorld world = new RelayWorld(peers);
        for (int i = 0; i < MEMBERS; i++) {
            world.move(peers[i], Source.of(new InetSocketAddress("198.51.100.1", 1000 + i), 0));
            bySource.put(world.source(peers[i]), peers[i]);
        }
        world.restart();

        Queue<Response> underway = new ArrayDeque<>();
        for (int turn = 0; world.attached() < MEMBERS && world.now() < LIMIT; turn++) {
            for (int i = 0; i < DATA_A_TURN; i++) {
                world.receive(data(), world.source(peers[(turn * DATA_A_TURN + i) % MEMBERS]));
            }
            world.after(TURN)
                    .forEach((to, initiation) -> underway.add(new Response(
                            world.now() + ROUND_TRIP, bySource.get(to).respond(initiation), to)));
            while (!underway.isEmpty() && underway.peek().at <= world.now()) {
                Response response = underway.remove();
                world.receive(response.message, response.from);
            }
        }

        assertThat(world.attached()).isEqualTo(MEMBERS);
        assertThat(Duration.ofNanos(world.now())).isLessThan(Duration.ofSeconds(5));
    }

    /** Returns data of a session that the relay does not know. */
    private static byte[] data() {
        return ByteBuffer.allocate(128)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(4)
                .putInt(0x1234_5678)
                .array();
    }
}
