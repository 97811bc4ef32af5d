package io.wgsd.server.transport.tcp;

import io.wgsd.server.transport.Arrival;
import io.wgsd.server.transport.EventLoop;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Accepts the connections of one socket. */
public final class TcpListener implements EventLoop.Ready {

    private static final Logger LOG = LoggerFactory.getLogger(TcpListener.class);
    private static final int BATCH = 16;

    private final ServerSocketChannel channel;
    private final Arrival arrival;
    private final TcpConnections connections;

    public TcpListener(ServerSocketChannel channel, Arrival arrival, TcpConnections connections) {
        this.channel = channel;
        this.arrival = arrival;
        this.connections = connections;
    }

    @Override
    public void ready(SelectionKey key) {
        for (int i = 0; i < BATCH; i++) {
            try {
                SocketChannel accepted = channel.accept();
                if (accepted == null) {
                    return;
                }
                connections.admit(accepted, arrival);
            } catch (IOException e) {
                // Most likely this process has no descriptor left; asked again at once, the system would say the same.
                LOG.debug("cannot accept: {}", e.toString());
                connections.pause(key);
                return;
            }
        }
    }
}
