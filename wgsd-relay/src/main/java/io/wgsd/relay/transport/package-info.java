/**
 * Sockets and threads: one thread receives at each socket, and two look at what is not just sent on.
 *
 * <p>Read {@link io.wgsd.relay.transport.Sockets} first; what a
 * socket is the package knows in two ways, {@link io.wgsd.relay.transport.ChannelPort} and {@link
 * io.wgsd.relay.transport.BatchedPort}. Knows of the other rooms what a packet is and who judges it, and no keys.
 */
@NullMarked
package io.wgsd.relay.transport;

import org.jspecify.annotations.NullMarked;
