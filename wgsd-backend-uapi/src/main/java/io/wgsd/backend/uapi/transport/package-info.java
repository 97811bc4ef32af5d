/**
 * Bytes to and from a Unix socket, by the Java runtime or by jnr-unixsocket.
 *
 * <p>Knows nothing of the protocol. Read {@link io.wgsd.backend.uapi.transport.UapiTransport} first, which both
 * implement.
 */
@NullMarked
package io.wgsd.backend.uapi.transport;

import org.jspecify.annotations.NullMarked;
