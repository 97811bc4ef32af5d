/**
 * The relay as a WireGuard peer: its own sessions with its members, by which it knows where each of them is.
 *
 * <p>Read {@link io.wgsd.relay.session.Sessions} first; {@code Admission} says which strangers may cost it a
 * handshake. Stands on {@code noise} and {@code roster}; clocks, randomness and sockets are handed in, and all of it
 * is for one thread.
 */
@NullMarked
package io.wgsd.relay.session;

import org.jspecify.annotations.NullMarked;
