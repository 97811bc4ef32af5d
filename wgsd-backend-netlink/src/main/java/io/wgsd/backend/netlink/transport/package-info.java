/**
 * Netlink sockets: bytes out and bytes in, within a deadline.
 *
 * <p>Knows nothing of WireGuard. Read {@link io.wgsd.backend.netlink.transport.NetlinkSocket} first, then {@link
 * io.wgsd.backend.netlink.transport.LinuxNetlinkSocket}, which implements it with JNA.
 */
@NullMarked
package io.wgsd.backend.netlink.transport;

import org.jspecify.annotations.NullMarked;
