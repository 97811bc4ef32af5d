/** Questions to a router, and its answers; nobody else's count. */
@NullMarked
package io.wgsd.portmap.exchange;

import org.jspecify.annotations.NullMarked;
