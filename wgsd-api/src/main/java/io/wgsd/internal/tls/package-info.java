/**
 * WireGuard's packets over TLS, as relay and agent both need them: the stream ({@code TlsStream}), the packets in it
 * ({@code Frames}), and those that wait to be sent ({@code FreshQueue}); {@code TlsLink} puts them together. Sockets and
 * threads belong to those who use it.
 */
@NullMarked
package io.wgsd.internal.tls;

import org.jspecify.annotations.NullMarked;
