/**
 * Userspace WireGuard (wireguard-go, boringtun and others) as a peer source, over its Unix socket.
 *
 * <p>A backend: it implements {@code io.wgsd.spi}, and no other package uses it but through that. {@link
 * io.wgsd.backend.uapi.UapiPeerSourceProvider} is all that is public. Beneath it, and not exported:
 *
 * <ul>
 *   <li>{@code codec}: requests and answers as values and back;
 *   <li>{@code transport}: the Unix sockets.
 * </ul>
 *
 * <p>Read {@code UapiPeerSource} first, then {@code UapiClient}, which asks one question over one connection.
 */
@NullMarked
package io.wgsd.backend.uapi;

import org.jspecify.annotations.NullMarked;
