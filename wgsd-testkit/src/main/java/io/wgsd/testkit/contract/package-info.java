/**
 * The contract that every peer source passes, to be extended by its test.
 *
 * <p>Whoever writes a backend implements {@link io.wgsd.testkit.contract.PeerSourceFixture} for it, extends {@link
 * io.wgsd.testkit.contract.PeerSourceContract}, and begins with the three methods of the fixture that have no default. What
 * is skipped then says which of the others would let it run. {@link io.wgsd.testkit.contract.Lab} is for tests of real
 * WireGuard at large. This package needs JUnit Jupiter and AssertJ, which the test kit does not bring along.
 */
@NullMarked
package io.wgsd.testkit.contract;

import org.jspecify.annotations.NullMarked;
