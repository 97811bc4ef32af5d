package io.wgsd.server.transport.tcp;

import io.wgsd.model.IpAddress;
import io.wgsd.server.transport.Arrival;
import io.wgsd.server.transport.Client;
import io.wgsd.server.transport.EventLoop;
import io.wgsd.server.transport.MessageHandler;
import io.wgsd.server.transport.Protocol;
import io.wgsd.server.transport.QuerySource;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All TCP connections, within their limits; used on the loop's thread only.
 *
 * <p>Each client has so much time in each round of the loop, regardless of the number of its connections; what is left
 * of its work comes with the next rounds, one connection after the other.
 */
public final class TcpConnections {

    private static final Logger LOG = LoggerFactory.getLogger(TcpConnections.class);

    private final MessageHandler handler;
    private final TcpLimits limits;
    private final LongSupplier nanoClock;
    private final Registration registration;
    private final Accounts accounts;
    private final Set<TcpConnection> open = new HashSet<>();
    /** Whose turn comes in the next round. */
    private final Deque<TcpConnection> waiting = new ArrayDeque<>();

    private final List<SelectionKey> paused = new ArrayList<>();
    private long round;

    /** Lets the loop serve a channel. */
    @FunctionalInterface
    public interface Registration {
        void register(SocketChannel channel, int operations, EventLoop.Ready ready);
    }

    public TcpConnections(MessageHandler handler, TcpLimits limits, LongSupplier nanoClock, Registration registration) {
        this.handler = handler;
        this.limits = limits;
        this.nanoClock = nanoClock;
        this.registration = registration;
        accounts = new Accounts(limits);
    }

    /** Takes a new connection on, in place of another one where there are too many. */
    void admit(SocketChannel channel, Arrival arrival) {
        try {
            InetSocketAddress remote = (InetSocketAddress) channel.getRemoteAddress();
            QuerySource source = new QuerySource(
                    IpAddress.of(remote.getAddress()).unmapped(), arrival, Protocol.TCP, remote.getPort());
            Client client = handler.client(source);
            long now = nanoClock.getAsLong();
            accounts.yielding(client, now).ifPresent(this::close);
            if (!accounts.of(client).take(TcpConnection.MEMORY)) {
                Account.longestIdle(accounts.of(client).connections().stream(), now)
                        .ifPresent(this::close);
                if (!accounts.of(client).take(TcpConnection.MEMORY)) {
                    accounts.settle(accounts.of(client));
                    channel.close();
                    return;
                }
            }
            take(channel, source, accounts.of(client));
        } catch (IOException e) {
            EventLoop.closeQuietly(channel);
        }
    }

    private void take(SocketChannel channel, QuerySource source, Account account) throws IOException {
        TcpConnection connection = new TcpConnection(channel, source, account, handler, nanoClock, this::close);
        open.add(connection);
        account.add(connection);
        try {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        } catch (IOException e) {
            close(connection);
            return;
        }
        registration.register(channel, SelectionKey.OP_READ, key -> serve(connection, key));
    }

    /** Accepts nothing more on a socket until the next sweep. */
    void pause(SelectionKey listener) {
        listener.interestOps(0);
        paused.add(listener);
    }

    /** Closes connections without progress, and lets paused sockets accept again. */
    public void sweep() {
        long now = nanoClock.getAsLong();
        for (TcpConnection connection : List.copyOf(open)) {
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

    /**
     * Begins the next round with those who wait; returns whether some are left, so that it must not be the last for
     * long.
     */
    public boolean nextRound() {
        round++;
        for (int i = waiting.size(); i > 0; i--) {
            TcpConnection connection = waiting.remove();
            SelectionKey key = connection.waitsNoMore();
            if (open.contains(connection) && key.isValid()) {
                serve(connection, key);
            }
        }
        return !waiting.isEmpty();
    }

    private void serve(TcpConnection connection, SelectionKey key) {
        if (connection.isWaiting()) {
            return;
        }
        Account account = connection.account();
        if (account.spentNanos(round) >= TcpConnection.NANOS_PER_TURN) {
            defer(connection, key);
            return;
        }
        long began = nanoClock.getAsLong();
        boolean goesOn = false;
        try {
            goesOn = connection.serve(key);
        } catch (IOException | CancelledKeyException e) {
            // The client went away in the middle, as clients do, or has all the memory that it may have.
        } catch (RuntimeException e) {
            LOG.error("serving a connection failed", e);
        } finally {
            account.spend(nanoClock.getAsLong() - began);
            if (!goesOn) {
                close(connection);
            }
        }
        if (goesOn && open.contains(connection)) {
            settle(connection);
            if (connection.hasMoreToAnswer()) {
                defer(connection, key);
            }
        }
    }

    private void defer(TcpConnection connection, SelectionKey key) {
        connection.waitsWith(key);
        waiting.add(connection);
    }

    /** Takes note of what the client has turned out to be, and of a connection that is agreed to last. */
    private void settle(TcpConnection connection) {
        Account account = connection.account();
        boolean lasting = connection.patience().isPresent();
        boolean lastsAlready = account.sessions().contains(connection);
        boolean known = connection.shownClient().map(account.client()::equals).orElse(true);
        if (known && lasting == lastsAlready) {
            return;
        }
        Account next = accounts.of(connection.client());
        account.remove(connection);
        if (lasting && !makeRoom(next)) {
            account.add(connection);
            accounts.settle(next);
            close(connection);
            return;
        }
        connection.moveTo(next);
        if (lasting) {
            next.addSession(connection);
        } else {
            next.add(connection);
        }
        accounts.settle(account);
    }

    private boolean makeRoom(Account account) {
        long now = nanoClock.getAsLong();
        int own = account.sessions().size();
        if (own < limits.sessionsPerClient() && !accounts.hasAllSessions()) {
            return true;
        }
        Optional<TcpConnection> yielding =
                own > 0 ? Account.longestIdle(account.sessions().stream(), now) : accounts.yieldingSession(now);
        yielding.ifPresent(this::close);
        return yielding.isPresent();
    }

    private void close(TcpConnection connection) {
        if (open.remove(connection)) {
            connection.closed();
            connection.account().remove(connection);
            accounts.settle(connection.account());
            EventLoop.closeQuietly(connection.channel());
        }
    }
}
