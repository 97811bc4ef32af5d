/** The contract that every peer source passes, to be extended by its test. */
@NullMarked
package io.wgsd.testkit.contract;

import org.jspecify.annotations.NullMarked;
