/** Netlink sockets: bytes out, bytes in, within a deadline; nothing here knows WireGuard. */
@NullMarked
package io.wgsd.backend.netlink.transport;

import org.jspecify.annotations.NullMarked;
