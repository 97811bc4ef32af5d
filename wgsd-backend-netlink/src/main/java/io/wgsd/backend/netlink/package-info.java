/** The Linux kernel's WireGuard over generic netlink, as a peer source. */
@NullMarked
package io.wgsd.backend.netlink;

import org.jspecify.annotations.NullMarked;
