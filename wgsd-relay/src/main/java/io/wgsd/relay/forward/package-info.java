/**
 * What goes from one member to another, unread: handshakes by mac1, all else by the receiver's index.
 *
 * <p>Read {@link io.wgsd.relay.forward.Forwarding} first, which is for the handshakes; data take {@link
 * io.wgsd.relay.forward.Dispatcher} alone, which asks its table. Stands on {@code roster} and {@code wire}; clocks
 * and sockets are handed in.
 */
@NullMarked
package io.wgsd.relay.forward;

import org.jspecify.annotations.NullMarked;
