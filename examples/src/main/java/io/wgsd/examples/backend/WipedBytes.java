package io.wgsd.examples.backend;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Bytes that may be secret: they are wiped where they are left behind, as the array grows, and by {@link #close()}. */
final class WipedBytes implements AutoCloseable {

    private byte[] bytes = new byte[1024];
    private int length;

    void add(ByteBuffer more) {
        int needed = length + more.remaining();
        if (needed > bytes.length) {
            byte[] larger = Arrays.copyOf(bytes, Math.max(needed, 2 * bytes.length));
            Arrays.fill(bytes, (byte) 0);
            bytes = larger;
        }
        more.get(bytes, length, more.remaining());
        length = needed;
    }

    int length() {
        return length;
    }

    /** Returns a copy, for the caller to wipe. */
    byte[] toArray() {
        return Arrays.copyOf(bytes, length);
    }

    @Override
    public void close() {
        Arrays.fill(bytes, (byte) 0);
        length = 0;
    }
}
