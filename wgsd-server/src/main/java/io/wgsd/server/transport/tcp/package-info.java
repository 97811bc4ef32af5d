/**
 * Connections of clients: whole messages in, whole messages out, and what each client may take up.
 *
 * <p>Read {@code TcpConnection} first. {@code TcpConnections} holds them all, and {@code Accounts} who pays for them.
 */
@NullMarked
package io.wgsd.server.transport.tcp;

import org.jspecify.annotations.NullMarked;
