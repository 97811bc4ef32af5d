/** NAT-PMP (RFC 6886): its messages as pure functions, and a client. */
@NullMarked
package io.wgsd.portmap.natpmp;

import org.jspecify.annotations.NullMarked;
