package io.wgsd.server.transport;

import java.time.Duration;

/**
 * How much of this host TCP clients may take up (RFC 7766, section 6.2).
 *
 * @param connections how many connections there may be in all
 * @param connectionsPerClient how many of them one address may have
 * @param idle how long a connection may be without progress: a whole request, or a response taken off
 */
public record TcpLimits(int connections, int connectionsPerClient, Duration idle) {

    /**
     * Returns limits for a registry of some thousand peers: 150 connections, 16 for each client, 10 s.
     *
     * @return the default
     */
    public static TcpLimits defaults() {
        return new TcpLimits(150, 16, Duration.ofSeconds(10));
    }
}
