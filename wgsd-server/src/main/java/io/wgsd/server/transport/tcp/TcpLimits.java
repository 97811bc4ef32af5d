package io.wgsd.server.transport.tcp;

import io.wgsd.server.transport.Client;
import java.time.Duration;

/**
 * How much of this host TCP clients may take up (RFC 7766, section 6.2).
 *
 * @param connections how many connections clients of one {@link Client.Standing} may have in all
 * @param connectionsPerClient how many of them one client may have
 * @param sessions how many connections that are agreed to last there may be besides
 * @param sessionsPerClient how many of these one client may have
 * @param idle how long a connection may be without progress: a whole request, or a response taken off
 * @param memory how many bytes all connections together may hold: what is received and sent, and what is remembered for
 *     them
 */
public record TcpLimits(
        int connections, int connectionsPerClient, int sessions, int sessionsPerClient, Duration idle, long memory) {

    private static final long LEAST_MEMORY = 8 << 20;

    /**
     * Makes limits with the usual ones for sessions and memory.
     *
     * @param connections how many connections clients of one standing may have in all
     * @param connectionsPerClient how many of them one client may have
     * @param idle how long a connection may be without progress
     */
    public TcpLimits(int connections, int connectionsPerClient, Duration idle) {
        this(connections, connectionsPerClient, 20_000, 16, idle, quarterOfTheHeap());
    }

    /**
     * Returns limits for a registry of ten thousand peers: 256 connections, 128 for each client, 10 s, besides 20,000
     * sessions, 16 for each client; all within a quarter of the heap.
     *
     * @return the default
     */
    public static TcpLimits defaults() {
        return new TcpLimits(256, 128, Duration.ofSeconds(10));
    }

    private static long quarterOfTheHeap() {
        return Math.max(LEAST_MEMORY, Runtime.getRuntime().maxMemory() / 4);
    }
}
