/**
 * Sockets and the threads that serve them: messages in, messages out, over UDP and TCP. What messages say is not known
 * here.
 *
 * <p>Here is what answers are asked of, {@code MessageHandler}, and what its parts share. Beneath it:
 *
 * <ul>
 * <li>{@code udp}: datagrams; {@code UdpSocket}, {@code BatchedUdpSocket}
 * <li>{@code tcp}: connections; {@code TcpConnections}
 * <li>{@code bind}: where to listen, and the sockets there; {@code Listening} opens all
 * </ul>
 */
@NullMarked
package io.wgsd.server.transport;

import org.jspecify.annotations.NullMarked;
