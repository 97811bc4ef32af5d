/** Room of {@code io.wgsd.testkit.net}: chance that follows from a seed; it is all in {@link Randomness}. */
@NullMarked
package io.wgsd.testkit.net.random;

import org.jspecify.annotations.NullMarked;
