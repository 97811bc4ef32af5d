/** Userspace WireGuard over its configuration socket, as a peer source. */
@NullMarked
package io.wgsd.backend.uapi;

import org.jspecify.annotations.NullMarked;
