package io.wgsd.backend.uapi.transport;

import java.nio.ByteBuffer;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Lends buffers for requests and answers, and wipes them when they come back. They are direct, since what goes through
 * a heap buffer to native code leaves copies behind; and they are reused, since direct memory is freed late.
 * Thread-safe.
 */
public final class BufferPool {

    /** As much as the kernel hands over in one read of a Unix socket, roughly. */
    private static final int SIZE = 64 * 1024;

    private static final byte[] ZEROS = new byte[SIZE];

    private final BlockingQueue<ByteBuffer> idle = new ArrayBlockingQueue<>(4);

    public ByteBuffer take() {
        ByteBuffer buffer = idle.poll();
        return buffer == null ? ByteBuffer.allocateDirect(SIZE) : buffer;
    }

    public void giveBack(ByteBuffer buffer) {
        buffer.clear().put(ZEROS).clear();
        // What the pool has no room for is left to the garbage collector.
        boolean kept = idle.offer(buffer);
        assert kept || idle.remainingCapacity() == 0 : "a full pool is the only reason";
    }
}
