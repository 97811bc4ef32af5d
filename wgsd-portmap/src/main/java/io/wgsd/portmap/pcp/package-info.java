/** The Port Control Protocol (RFC 6887): its messages as pure functions, and a client of its MAP requests. */
@NullMarked
package io.wgsd.portmap.pcp;

import org.jspecify.annotations.NullMarked;
