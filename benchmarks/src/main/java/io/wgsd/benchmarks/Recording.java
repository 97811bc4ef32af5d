package io.wgsd.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/** What {@link RecordReplies} has written down of a device with 1,000 peers, on x86-64. */
public final class Recording {

    private Recording() {}

    /** Returns the kernel's messages in a row, in little-endian order, which that machine's is. */
    public static ByteBuffer netlink() {
        return read("netlink-1000.gz");
    }

    /** Returns wireguard-go's answer. */
    public static ByteBuffer uapi() {
        return read("uapi-1000.gz");
    }

    private static ByteBuffer read(String name) {
        try (InputStream file = Objects.requireNonNull(Recording.class.getResourceAsStream(name), name);
                InputStream in = new GZIPInputStream(file)) {
            byte[] bytes = in.readAllBytes();
            // As what comes from a socket.
            return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip().order(ByteOrder.LITTLE_ENDIAN);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
