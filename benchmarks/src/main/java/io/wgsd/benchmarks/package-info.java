/** Sets this library beside other programs that do the same, in one run and by turns. */
@NullMarked
package io.wgsd.benchmarks;

import org.jspecify.annotations.NullMarked;
