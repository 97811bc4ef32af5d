package io.wgsd.discovery.exchange;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Selector;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/** One UDP socket for each path that has questions on it. */
final class UdpSockets {

    private static final int MAX_DATAGRAM = 65535;

    private final Selector selector;
    private final Random random;
    private final UdpSocket.Listener listener;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(MAX_DATAGRAM);
    private final Map<ServerPath, UdpSocket> ports = new HashMap<>();

    UdpSockets(Selector selector, Random random, UdpSocket.Listener listener) {
        this.selector = selector;
        this.random = random;
        this.listener = listener;
    }

    SentQuery send(PendingRequest owner, Step.Ask ask, ServerPath path) throws IOException {
        UdpSocket port = ports.get(path);
        if (port == null) {
            port = new UdpSocket(path, selector, random, buffer, listener);
            ports.put(path, port);
        }
        return port.send(owner, ask);
    }

    /** Closes the sockets on which nothing is awaited, so that the next questions come from other ports. */
    void closeIdle() {
        ports.values().removeIf(port -> {
            if (port.isIdle()) {
                port.close();
            }
            return port.isIdle();
        });
    }
}
