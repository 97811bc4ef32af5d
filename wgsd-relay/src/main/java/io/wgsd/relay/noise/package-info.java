/**
 * WireGuard's cryptography as pure functions: the handshake from both sides, the keys that come out of it, cookies
 * and timestamps. Stands on {@code wire}; knows neither clocks nor sockets nor randomness, which are handed in.
 *
 * <p>Read {@link io.wgsd.relay.noise.ReceivedInitiation} first, which is the responder, then {@link
 * io.wgsd.relay.noise.SentInitiation}.
 */
@NullMarked
package io.wgsd.relay.noise;

import org.jspecify.annotations.NullMarked;
