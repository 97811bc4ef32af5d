/**
 * DNS Stateful Operations (RFC 8490) and DNS Push Notifications (RFC 8765) as pure codecs: messages to bytes and back, without a
 * socket.
 *
 * <p>This library speaks them over TCP inside the tunnel, where WireGuard does what TLS does elsewhere.
 */
@NullMarked
package io.wgsd.dnssd.push;

import org.jspecify.annotations.NullMarked;
