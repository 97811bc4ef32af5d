/**
 * DNS Stateful Operations (RFC 8490) and DNS Push Notifications (RFC 8765) as pure codecs: messages to bytes and back,
 * without a socket.
 *
 * <p>This library uses them over TCP inside the tunnel, where WireGuard does what TLS does elsewhere. They are above
 * {@code io.wgsd.dnssd}'s records and below server and discovery, which use the same codecs. Read {@link
 * io.wgsd.dnssd.push.DsoMessage} first, then {@link io.wgsd.dnssd.push.PushUpdate}. It has no rooms.
 */
@NullMarked
package io.wgsd.dnssd.push;

import org.jspecify.annotations.NullMarked;
