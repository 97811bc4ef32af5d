package io.wgsd.server.transport.udp;

import io.wgsd.server.transport.EventLoop;
import io.wgsd.server.transport.QuickHandler;
import java.io.IOException;
import java.nio.channels.SelectionKey;

/** Answers the datagrams of one socket, many at once, on Linux. */
final class BatchedUdpSocket implements EventLoop.Ready {

    /** After so many batches the loop's other sockets get their turn. */
    private static final int ROUNDS = 16;

    private final int descriptor;
    private final DatagramAnswerer answering;
    private final Buffers buffers;

    /** What all sockets of a loop may share. */
    static final class Buffers {
        private final DatagramBatch batch = new DatagramBatch();
        private final byte[] message = new byte[UdpSocket.LONGEST_DATAGRAM];
        private final byte[][] heads = new byte[DatagramBatch.SIZE][QuickHandler.HEAD];
    }

    /**
     * Makes the server of a socket.
     *
     * @param descriptor the socket's, which stays open for as long as its channel is registered with the loop's
     *     selector
     * @param answering who answers
     * @param buffers those of the loop
     */
    BatchedUdpSocket(int descriptor, DatagramAnswerer answering, Buffers buffers) {
        this.descriptor = descriptor;
        this.answering = answering;
        this.buffers = buffers;
    }

    @Override
    @SuppressWarnings("ThreadPriorityCheck") // nothing depends on what a yield does but speed
    public void ready(SelectionKey key) throws IOException {
        DatagramBatch batch = buffers.batch;
        for (int i = 0; i < ROUNDS && key.isValid(); i++) {
            int received = batch.receive(descriptor);
            if (received == 0) {
                return;
            }
            if (received > 1) {
                expect(batch, received);
            }
            for (int j = 0; j < received; j++) {
                answer(batch, j);
            }
            batch.send(descriptor, received);
            if (received < DatagramBatch.SIZE) {
                // A client that asks much may ask more while this thread is awake: to wake it up costs both more than
                // an answer.
                Thread.yield();
            }
        }
    }

    private void expect(DatagramBatch batch, int received) {
        for (int i = 0; i < received; i++) {
            batch.readHead(i, buffers.heads[i]);
        }
        answering.expect(buffers.heads, received);
    }

    private void answer(DatagramBatch batch, int i) {
        if (batch.hasSource(i)) {
            int length = batch.read(i, buffers.message);
            int answered = answering.answer(buffers.message, length, batch.high(i), batch.low(i));
            if (answered > 0) {
                batch.answer(i, answering.response(), answered);
            }
        }
    }
}
