/**
 * Sockets and threads: one thread receives at each socket, and two look at what is not just sent on.
 *
 * <p>Read {@link io.wgsd.relay.transport.Receiver} first. Knows of the other rooms what a packet is and who judges it, and no keys.
 */
@NullMarked
package io.wgsd.relay.transport;

import org.jspecify.annotations.NullMarked;
