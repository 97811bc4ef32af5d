/** Publishing peers into a zone that another name server serves, by dynamic update (RFC 2136). */
@NullMarked
package io.wgsd.publish;

import org.jspecify.annotations.NullMarked;
