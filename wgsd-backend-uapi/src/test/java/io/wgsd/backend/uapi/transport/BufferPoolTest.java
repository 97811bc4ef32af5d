package io.wgsd.backend.uapi.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class BufferPoolTest {

    @Test
    void aBufferIsWipedWhenItComesBack() {
        BufferPool pool = new BufferPool();
        ByteBuffer buffer = pool.take();
        buffer.put("a secret".getBytes(StandardCharsets.US_ASCII));

        pool.giveBack(buffer);

        ByteBuffer again = pool.take();
        assertThat(again).isSameAs(buffer);
        assertThat(again.remaining()).isEqualTo(again.capacity());
        while (again.hasRemaining()) {
            assertThat(again.get()).isZero();
        }
    }
}
