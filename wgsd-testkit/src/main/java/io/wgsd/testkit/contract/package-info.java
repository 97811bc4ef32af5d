/**
 * The contract that every peer source passes, to be extended by its test.
 *
 * <p>The author of a backend implements {@link io.wgsd.testkit.contract.PeerSourceFixture} for it, extends {@link
 * io.wgsd.testkit.contract.PeerSourceContract}, and begins with the three methods of the fixture that have no default.
 * The reason with which a test is skipped names the method that would let it run. {@link io.wgsd.testkit.contract.Lab}
 * and {@link io.wgsd.testkit.contract.Await} are for any test that uses real WireGuard. This package needs JUnit
 * Jupiter and AssertJ, which the test kit does not bring along.
 *
 * <p>In the house, this package is in the test kit, above {@code spi} and {@code model}. Its rooms, which are not
 * exported, with the class to read first in each:
 *
 * <ul>
 *   <li>{@code parts}: the tests, one interface for each subject ({@code SettingsContract})
 *   <li>{@code support}: threads, values and assertions that the tests share ({@code ParallelCalls})
 * </ul>
 */
@NullMarked
package io.wgsd.testkit.contract;

import org.jspecify.annotations.NullMarked;
