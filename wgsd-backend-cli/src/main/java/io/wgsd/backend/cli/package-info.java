/** WireGuard by its command line tool, as a peer source. */
@NullMarked
package io.wgsd.backend.cli;

import org.jspecify.annotations.NullMarked;
