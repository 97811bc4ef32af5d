/** Netlink messages as the kernel writes and reads them: pure functions between bytes and values. */
@NullMarked
package io.wgsd.backend.netlink.codec;

import org.jspecify.annotations.NullMarked;
