/** A WireGuard in memory whose {@code apply} behaves as the kernel's. */
@NullMarked
package io.wgsd.testkit.memory;

import org.jspecify.annotations.NullMarked;
