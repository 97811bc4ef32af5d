package io.wgsd.backend.netlink.codec;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/** What Linux 6.1 sent, a datagram in each line; it was an x86-64, so its numbers are little-endian. */
public final class Recordings {

    private Recordings() {}

    /** Returns the datagrams of a recording. */
    public static List<ByteBuffer> of(String name) {
        try (InputStream in = Recordings.class.getResourceAsStream("../recordings/" + name + ".hex")) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .map(line -> ByteBuffer.wrap(HexFormat.of().parseHex(line)).order(ByteOrder.LITTLE_ENDIAN))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the bytes of the one datagram that a recording has. */
    public static byte[] bytes(String name) {
        return of(name).get(0).array();
    }
}
