package io.wgsd.relay.transport;

import io.wgsd.relay.forward.Dispatcher;
import io.wgsd.relay.roster.Source;
import io.wgsd.relay.tally.Outcome;
import io.wgsd.relay.tally.Tally;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.function.LongSupplier;

/** A socket on Linux with JNA: many packets in one system call, and no object for any of those that are sent on. */
final class BatchedPort implements Port {

    private final NativeSocket socket;
    private final InetSocketAddress address;
    private final int number;
    private final Sockets sockets;
    private final Tally tally;
    private final LongSupplier ticks;
    private final PacketBatch batch = new PacketBatch();
    private volatile boolean closed;

    private BatchedPort(NativeSocket socket, int number, Sockets sockets, Tally tally, LongSupplier ticks)
            throws IOException {
        this.socket = socket;
        this.number = number;
        this.sockets = sockets;
        this.tally = tally;
        this.ticks = ticks;
        address = socket.address();
    }

    /** Returns whether this host can; without JNA, native access, Linux, 64 bits and IPv6 it cannot. */
    static boolean possible() {
        if (!System.getProperty("os.name", "").startsWith("Linux")) {
            return false;
        }
        try {
            return PacketBatch.fits() && NativeSocket.possible();
        } catch (LinkageError | IllegalCallerException e) {
            return false;
        }
    }

    static Port open(InetSocketAddress address, int number, Sockets sockets, Tally tally, LongSupplier ticks)
            throws IOException {
        return new BatchedPort(NativeSocket.open(address), number, sockets, tally, ticks);
    }

    @Override
    public InetSocketAddress address() {
        return address;
    }

    @Override
    public void receive(Dispatcher dispatcher, Inlet inlet) throws IOException {
        int descriptor = socket.descriptor();
        try {
            while (!closed) {
                int received = batch.receive(descriptor);
                long now = ticks.getAsLong();
                for (int i = 0; i < received; i++) {
                    judge(i, now, dispatcher, inlet);
                }
                for (int failed = batch.send(descriptor); failed > 0; failed--) {
                    tally.count(Outcome.SEND_FAILED);
                }
            }
        } finally {
            // Not before, or the number could be another file's while it is waited at.
            socket.close();
        }
    }

    private void judge(int i, long now, Dispatcher dispatcher, Inlet inlet) {
        long high = batch.high(i);
        long low = batch.low(i);
        long rest = Source.rest(batch.port(i), number, batch.scope(i));
        switch (dispatcher.judge(
                batch.word(i, 0), batch.word(i, Integer.BYTES), batch.length(i), high, low, rest, now)) {
            case FORWARD -> forward(i, dispatcher.target());
            case MEMBER -> inlet.take(batch.copy(i), Source.of(high, low, rest), true);
            case STRANGER -> inlet.take(batch.copy(i), Source.of(high, low, rest), false);
            case DROP -> {}
        }
    }

    private void forward(int i, Source to) {
        if (to.socket() == number) {
            batch.forward(i, to);
        } else {
            sockets.send(batch.copy(i), to);
        }
    }

    @Override
    public boolean send(byte[] message, Source to) {
        return !closed && socket.send(message, to);
    }

    @Override
    public void close() {
        closed = true;
    }

    @Override
    public void abandon() {
        closed = true;
        socket.close();
    }
}
