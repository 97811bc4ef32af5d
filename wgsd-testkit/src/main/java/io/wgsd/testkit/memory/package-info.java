/**
 * A WireGuard in memory whose {@code apply} behaves as the kernel's; read {@link
 * io.wgsd.testkit.memory.MemoryWireGuard} first.
 *
 * <pre>{@code
 * MemoryWireGuard wireGuard = MemoryWireGuard.of(TimeSource.system());
 * MemoryDevice device = wireGuard.create("wg0");
 * PublicKey alice = PublicKey.parse("JRI8Xc0zKP9kXk8qP84NdUQA04h6DLfFbwJn4g+/PFs=");
 * PeerSource underTest = wireGuard.source();
 * underTest.apply("wg0", DeviceChange.builder().peer(alice).endpoint(Endpoint.parse("192.0.2.7:51820")).build());
 * device.recordHandshake(alice);
 * System.out.println(underTest.read("wg0", ReadOptions.defaults()).peers());
 * }</pre>
 *
 * <p>{@link io.wgsd.testkit.memory.MemoryLookup} is a registry in memory, for tests of code that looks peers up.
 *
 * <p>In the house, this package is in the test kit, above {@code discovery}, {@code spi} and {@code model}. It has no
 * rooms.
 */
@NullMarked
package io.wgsd.testkit.memory;

import org.jspecify.annotations.NullMarked;
