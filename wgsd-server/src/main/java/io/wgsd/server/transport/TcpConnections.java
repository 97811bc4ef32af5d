package io.wgsd.server.transport;

import io.wgsd.model.IpAddress;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/** All TCP connections, within their limits; used on the loop's thread only. */
final class TcpConnections {

    private final MessageHandler handler;
    private final TcpLimits limits;
    private final LongSupplier nanoClock;
    private final Registration registration;
    private final Set<TcpConnection> open = new HashSet<>();
    /** Those that are agreed to last, and so do not count among the others. */
    private final Set<TcpConnection> lasting = new HashSet<>();

    private final Map<IpAddress, Integer> counts = new HashMap<>();
    private final List<SelectionKey> paused = new ArrayList<>();

    /** Has a channel served by the loop. */
    @FunctionalInterface
    interface Registration {
        void register(SocketChannel channel, int operations, EventLoop.Ready ready);
    }

    TcpConnections(MessageHandler handler, TcpLimits limits, LongSupplier nanoClock, Registration registration) {
        this.handler = handler;
        this.limits = limits;
        this.nanoClock = nanoClock;
        this.registration = registration;
    }

    /** Takes a new connection on, in place of the one that has been without progress for longest where there are too many. */
    void admit(SocketChannel channel, Arrival arrival) {
        try {
            InetSocketAddress remote = (InetSocketAddress) channel.getRemoteAddress();
            Asker asker = new Asker(IpAddress.of(remote.getAddress()).unmapped(), arrival, Protocol.TCP);
            if (counts.getOrDefault(asker.address(), 0) >= limits.connectionsPerClient()) {
                channel.close();
                return;
            }
            if (open.size() >= limits.connections()) {
                open.stream()
                        .min(Comparator.comparingLong(each -> each.progressedAt() - nanoClock.getAsLong()))
                        .ifPresent(this::close);
            }
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            TcpConnection connection = new TcpConnection(channel, asker, handler, nanoClock, this::close);
            open.add(connection);
            counts.merge(asker.address(), 1, Integer::sum);
            registration.register(channel, SelectionKey.OP_READ, key -> serve(connection, key));
        } catch (IOException e) {
            EventLoop.closeQuietly(channel);
        }
    }

    /** Accepts nothing more on a socket until the next sweep. */
    void pause(SelectionKey listener) {
        listener.interestOps(0);
        paused.add(listener);
    }

    /** Closes connections without progress, and lets paused sockets accept again. */
    void sweep() {
        long now = nanoClock.getAsLong();
        for (TcpConnection connection : List.copyOf(open)) {
            if (now - connection.progressedAt() >= limits.idle().toNanos()) {
                close(connection);
            }
        }
        for (TcpConnection connection : List.copyOf(lasting)) {
            long limit = connection.patience().orElse(limits.idle()).toNanos();
            if (now - connection.progressedAt() >= limit) {
                close(connection);
            }
        }
        for (SelectionKey listener : paused) {
            if (listener.isValid()) {
                listener.interestOps(SelectionKey.OP_ACCEPT);
            }
        }
        paused.clear();
    }

    private void serve(TcpConnection connection, SelectionKey key) {
        boolean goesOn = false;
        try {
            goesOn = connection.serve(key);
            if (goesOn && connection.patience().isPresent() && open.remove(connection)) {
                lasting.add(connection);
            }
        } catch (IOException e) {
            // The client went away in the middle, as clients do.
        } finally {
            if (!goesOn) {
                close(connection);
            }
        }
    }

    private void close(TcpConnection connection) {
        if (open.remove(connection) || lasting.remove(connection)) {
            counts.computeIfPresent(connection.client(), (same, count) -> count == 1 ? null : count - 1);
            connection.closed();
            EventLoop.closeQuietly(connection.channel());
        }
    }
}
