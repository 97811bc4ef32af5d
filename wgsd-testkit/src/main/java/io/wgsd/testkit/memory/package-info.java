/**
 * A WireGuard in memory whose {@code apply} behaves as the kernel's; read {@link
 * io.wgsd.testkit.memory.MemoryWireGuard} first.
 *
 * <p>{@link io.wgsd.testkit.memory.MemoryLookup} is a registry in memory, for tests of code that looks peers up.
 *
 * <p>In the house, this package is in the test kit, above {@code discovery}, {@code spi} and {@code model}. It has no
 * rooms.
 */
@NullMarked
package io.wgsd.testkit.memory;

import org.jspecify.annotations.NullMarked;
