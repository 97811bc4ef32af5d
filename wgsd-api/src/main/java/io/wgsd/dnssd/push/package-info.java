/**
 * DNS Stateful Operations (RFC 8490) and DNS Push Notifications (RFC 8765) as pure codecs: messages to bytes and back,
 * without a socket.
 *
 * <pre>{@code
 * DnsSdNames names = DnsSdNames.parse("example.com");
 * DsoMessage asked = DsoMessage.request(1, Subscription.all(names.services()).encode());
 * byte[] sent = asked.encode();
 * DsoMessage heard = DsoMessage.parse(sent);
 * Subscription subscription = Subscription.parse(heard.primary().orElseThrow());
 * System.out.println(subscription.name());
 * }</pre>
 *
 * <p>This library uses them over TCP inside the tunnel, where WireGuard does what TLS does elsewhere. They are above
 * {@code io.wgsd.dnssd}'s records and below server and discovery, which use the same codecs. Read {@link
 * io.wgsd.dnssd.push.DsoMessage} first, then {@link io.wgsd.dnssd.push.PushUpdate}. It has no rooms.
 */
@NullMarked
package io.wgsd.dnssd.push;

import org.jspecify.annotations.NullMarked;
