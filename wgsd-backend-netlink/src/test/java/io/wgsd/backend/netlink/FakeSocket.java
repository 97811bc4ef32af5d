package io.wgsd.backend.netlink;

import io.wgsd.backend.netlink.transport.NetlinkSocket;
import io.wgsd.spi.Operation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;

/** A socket to a {@link FakeKernel}, used by one thread at a time. */
final class FakeSocket implements NetlinkSocket {

    private final FakeKernel kernel;
    private final ByteBuffer request = ByteBuffer.allocate(64 * 1024).order(ByteOrder.nativeOrder());
    private final Queue<byte[]> answers = new ArrayDeque<>();
    private boolean closed;

    FakeSocket(FakeKernel kernel) {
        this.kernel = kernel;
    }

    @Override
    public ByteBuffer request() {
        return request;
    }

    @Override
    public void send() throws IOException {
        checkOpen();
        byte[] sent = Arrays.copyOf(request.array(), request.limit());
        if (!kernel.mute) {
            answers.addAll(kernel.answer(sent));
        }
    }

    @Override
    public ByteBuffer receive(Operation operation) throws IOException {
        checkOpen();
        while (answers.isEmpty()) {
            operation.check();
            Thread.onSpinWait();
        }
        operation.check();
        return ByteBuffer.wrap(answers.remove()).order(ByteOrder.nativeOrder());
    }

    @Override
    public void wipe() {
        Arrays.fill(request.array(), (byte) 0);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            kernel.closed.incrementAndGet();
        }
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("a closed socket is used");
        }
    }
}
