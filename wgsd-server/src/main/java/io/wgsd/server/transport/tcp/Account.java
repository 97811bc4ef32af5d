package io.wgsd.server.transport.tcp;

import io.wgsd.server.transport.Client;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What one client takes up; used on the loop's thread only. */
final class Account {

    /**
     * Room for the longest request and answer, which a client may have while there is any left, regardless of its part.
     */
    private static final long LEAST = 256 << 10;

    private static final long LEAST_KEPT = 16 << 10;

    private final Client client;
    private final Share share;
    private final Set<TcpConnection> connections = new LinkedHashSet<>();
    /** Those that are agreed to last, which therefore do not count among the others. */
    private final Set<TcpConnection> sessions = new LinkedHashSet<>();

    private long bytes;
    private long keptBytes;
    private long round;
    private long spentNanos;

    /** What clients of one standing have together. */
    static final class Share {

        /** One may have a quarter of what is left, so that some is left however many come. */
        private static final int PART = 4;

        private final long total;
        /** Those who have connections that are not agreed to last. */
        private final Set<Account> connected = new LinkedHashSet<>();

        private long used;
        private int connections;
        private int sessions;

        Share(long total) {
            this.total = total;
        }

        Set<Account> connected() {
            return Collections.unmodifiableSet(connected);
        }

        int connections() {
            return connections;
        }

        int sessions() {
            return sessions;
        }

        private boolean allows(long held, long more, long least) {
            long left = total - used;
            return more <= left && held + more <= Math.max(least, left / PART);
        }
    }

    Account(Client client, Share share) {
        this.client = client;
        this.share = share;
    }

    Client client() {
        return client;
    }

    Set<TcpConnection> connections() {
        return Collections.unmodifiableSet(connections);
    }

    Set<TcpConnection> sessions() {
        return Collections.unmodifiableSet(sessions);
    }

    void add(TcpConnection connection) {
        connections.add(connection);
        share.connections++;
        share.connected.add(this);
    }

    void addSession(TcpConnection connection) {
        sessions.add(connection);
        share.sessions++;
    }

    /** Removes a connection of either kind. */
    void remove(TcpConnection connection) {
        if (connections.remove(connection)) {
            share.connections--;
            if (connections.isEmpty()) {
                share.connected.remove(this);
            }
        } else if (sessions.remove(connection)) {
            share.sessions--;
        }
    }

    /** Takes memory for what is received and sent if the client's part allows it; if not, nothing changes. */
    boolean take(long more) {
        boolean allowed = share.allows(bytes, more, LEAST);
        move(allowed ? more : 0, 0);
        return allowed;
    }

    /**
     * Takes memory for what is remembered, of which the client has another part, so that it can continue in any case.
     */
    boolean keep(long more) {
        boolean allowed = share.allows(keptBytes, more, LEAST_KEPT);
        move(0, allowed ? more : 0);
        return allowed;
    }

    /** Takes memory, regardless of the client's part, or with negative numbers gives some back. */
    void move(long more, long moreKept) {
        bytes += more;
        keptBytes += moreKept;
        share.used += more + moreKept;
    }

    /** Returns how much time the client has had in this round. */
    long spentNanos(long currentRound) {
        if (round != currentRound) {
            round = currentRound;
            spentNanos = 0;
        }
        return spentNanos;
    }

    void spend(long nanos) {
        spentNanos += nanos;
    }

    /** Returns the connection that has been without progress for longest. */
    static Optional<TcpConnection> longestIdle(Stream<TcpConnection> some, long now) {
        return some.min(Comparator.comparingLong(each -> each.progressedAt() - now));
    }
}
