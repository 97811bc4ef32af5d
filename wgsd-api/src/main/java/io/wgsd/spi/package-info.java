/** How wgsd reaches WireGuard: what a backend provides, how one is chosen, and what can go wrong. */
@NullMarked
package io.wgsd.spi;

import org.jspecify.annotations.NullMarked;
