package io.wgsd.internal.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FreshQueueTest {

    private final FreshQueue queue = new FreshQueue();

    @Test
    void packetsLeaveInOrderAsFarAsThereIsRoom() throws Exception {
        queue.add(packet(1), 0);
        queue.add(packet(2), 0);
        assertThat(taken(50, 0)).containsExactly(1);
        assertThat(taken(50, 0)).containsExactly(2);
        assertThat(taken(50, 0)).isEmpty();
        assertThat(queue.dropped()).isZero();
    }

    @Test
    void whatWaitedForMoreThan50MillisecondsIsDropped() throws Exception {
        queue.add(packet(1), millis(0));
        queue.add(packet(2), millis(30));
        assertThat(taken(500, millis(51))).containsExactly(2);
        assertThat(queue.dropped()).isEqualTo(1);
    }

    @Test
    void theOldestGiveWayWhereThereAreTooMany() throws Exception {
        int count = FreshQueue.MOST_BYTES / 32 + 10;
        for (int i = 0; i < count; i++) {
            queue.add(packet(i), 0);
        }
        assertThat(queue.dropped()).isEqualTo(10);
        assertThat(taken(40, 0)).containsExactly(10);
    }

    private List<Integer> taken(int room, long now) throws Exception {
        ByteBuffer stream = ByteBuffer.allocate(room);
        queue.moveTo(stream, now);
        List<Integer> numbers = new ArrayList<>();
        Frames.split(stream.flip(), packet -> numbers.add(packet.getInt(0)));
        return numbers;
    }

    private static byte[] packet(int number) {
        return ByteBuffer.allocate(32).putInt(number).array();
    }

    private static long millis(long millis) {
        return Duration.ofMillis(millis).toNanos();
    }
}
