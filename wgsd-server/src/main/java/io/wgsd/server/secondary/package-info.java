/** Telling secondaries of new zones (RFC 1996), until they know. */
@NullMarked
package io.wgsd.server.secondary;

import org.jspecify.annotations.NullMarked;
