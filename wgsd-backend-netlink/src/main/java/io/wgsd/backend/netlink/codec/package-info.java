/**
 * Netlink messages as the kernel writes and reads them: pure functions between bytes and values.
 *
 * <p>Knows no socket. Read {@link io.wgsd.backend.netlink.codec.WireGuard} first, the numbers of the protocol, then
 * {@link io.wgsd.backend.netlink.codec.DeviceDecoder} for what the kernel sends and {@link
 * io.wgsd.backend.netlink.codec.ChangeWriter} for what it is sent.
 */
@NullMarked
package io.wgsd.backend.netlink.codec;

import org.jspecify.annotations.NullMarked;
