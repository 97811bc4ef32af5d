package io.wgsd.backend.netlink.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Attributes as include/uapi/linux/netlink.h lays them out: length and type, the value, and zeros up to four bytes. */
class MessageWriterTest {

    @Test
    void aByteIsFollowedByThreeZeros() {
        assertThat(attributes(writer -> writer.u8(5, 0x7f))).isEqualTo("0500 0500 7f00 0000");
    }

    @Test
    void aNumberOfTwoBytesIsFollowedByTwoZeros() {
        assertThat(attributes(writer -> writer.u16(6, 51820))).isEqualTo("0600 0600 6cca 0000");
    }

    @Test
    void aNumberOfFourBytesNeedsNoPadding() {
        assertThat(attributes(writer -> writer.u32(7, 0x01020304))).isEqualTo("0800 0700 0403 0201");
    }

    @Test
    void aTextEndsWithAZeroThatCountsAndPaddingThatDoesNot() {
        assertThat(attributes(writer -> writer.string(2, "wg0"))).isEqualTo("0800 0200 7767 3000");
        assertThat(attributes(writer -> writer.string(2, "wg10"))).isEqualTo("0900 0200 7767 3130 0000 0000");
    }

    @Test
    void aNestHasItsFlagAndTheLengthOfWhatItHolds() {
        assertThat(attributes(writer -> {
                    int nest = writer.beginNest(8);
                    writer.u8(1, 1);
                    writer.endNest(nest);
                }))
                .isEqualTo("0c00 0880 0500 0100 0100 0000");
    }

    @Test
    void aMessageBeginsWithItsWholeLength() {
        ByteBuffer buffer = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
        MessageWriter writer = new MessageWriter(buffer);
        writer.begin(16, 5, 1);
        writer.u8(1, 1);
        writer.end();

        assertThat(buffer.getInt(0)).isEqualTo(24).isEqualTo(buffer.remaining());
    }

    /** What is behind the header, in hexadecimal, two bytes at a time. */
    private static String attributes(Consumer<MessageWriter> writing) {
        ByteBuffer buffer = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
        MessageWriter writer = new MessageWriter(buffer);
        writer.begin(16, 0, 1);
        writing.accept(writer);
        writer.end();
        String hex = HexFormat.of().formatHex(buffer.array(), 16, buffer.remaining());
        return hex.replaceAll("(....)(?!$)", "$1 ");
    }
}
