/**
 * A WireGuard in memory whose {@code apply} behaves as the kernel's; read {@link
 * io.wgsd.testkit.memory.MemoryWireGuard} first.
 *
 * <p>In the house, this package is in the test kit, above {@code spi} and {@code model}. It has no rooms.
 */
@NullMarked
package io.wgsd.testkit.memory;

import org.jspecify.annotations.NullMarked;
