/** Compares this library with other programs that do the same, in turns within one run. */
@NullMarked
package io.wgsd.benchmarks;

import org.jspecify.annotations.NullMarked;
