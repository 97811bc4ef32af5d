package io.wgsd.internal.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FramesTest {

    private final List<Integer> lengths = new ArrayList<>();

    @Test
    void packetsComeOutOneByOneHoweverTheStreamIsCut() throws IOException {
        ByteBuffer whole = ByteBuffer.allocate(2000);
        Frames.append(whole, ByteBuffer.allocate(32));
        Frames.append(whole, ByteBuffer.allocate(1452));
        whole.flip();
        ByteBuffer stream = ByteBuffer.allocate(2000);
        while (whole.hasRemaining()) {
            stream.put(whole.get());
            stream.flip();
            Frames.split(stream, packet -> lengths.add(packet.remaining()));
            stream.compact();
        }
        assertThat(lengths).containsExactly(32, 1452);
        assertThat(stream.position()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 31, 9217, 65535})
    void aLengthThatNoPacketHasEndsTheStream(int length) {
        ByteBuffer stream = ByteBuffer.allocate(2).putShort((short) length).flip();
        assertThatThrownBy(() -> Frames.split(stream, packet -> lengths.add(packet.remaining())))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("had a length of " + length);
    }
}
