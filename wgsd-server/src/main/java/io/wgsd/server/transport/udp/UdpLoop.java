package io.wgsd.server.transport.udp;

import io.wgsd.server.transport.EventLoop;
import java.nio.channels.SelectionKey;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** A thread that serves UDP sockets, and what these share. */
public final class UdpLoop {

    private final EventLoop loop;
    private final UdpSocket.Buffers buffers = new UdpSocket.Buffers();
    private final BatchedUdpSocket.@Nullable Buffers batches;

    public UdpLoop(EventLoop loop, boolean batched) {
        this.loop = loop;
        batches = batched ? new BatchedUdpSocket.Buffers() : null;
    }

    public EventLoop loop() {
        return loop;
    }

    /** Serves a socket until it is closed: in batches where its descriptor is known. */
    public void serve(UdpChannel socket, DatagramAnswerer answering) {
        OptionalInt descriptor = socket.descriptor();
        EventLoop.Ready server = batches == null || descriptor.isEmpty()
                ? new UdpSocket(socket.channel(), answering, buffers)
                : new BatchedUdpSocket(descriptor.getAsInt(), answering, batches);
        loop.register(socket.channel(), SelectionKey.OP_READ, server);
    }
}
