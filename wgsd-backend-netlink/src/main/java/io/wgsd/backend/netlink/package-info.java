/**
 * The Linux kernel's WireGuard as a peer source, over generic netlink.
 *
 * <p>A backend: it implements {@code io.wgsd.spi}, and no other package uses it but through that. {@link
 * io.wgsd.backend.netlink.NetlinkPeerSourceProvider} and {@link io.wgsd.backend.netlink.LinuxHostNetwork} are all that
 * is public. Beneath it, and not exported:
 *
 * <ul>
 *   <li>{@code codec}: netlink messages as values and back;
 *   <li>{@code transport}: netlink sockets, through JNA.
 * </ul>
 *
 * <p>Read {@code NetlinkPeerSource} first, then {@code Kernel}, which asks one question over one socket.
 */
@NullMarked
package io.wgsd.backend.netlink;

import org.jspecify.annotations.NullMarked;
