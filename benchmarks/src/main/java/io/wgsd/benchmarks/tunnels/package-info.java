/** How long two peers behind NATs take to get a direct tunnel. */
@NullMarked
package io.wgsd.benchmarks.tunnels;

import org.jspecify.annotations.NullMarked;
