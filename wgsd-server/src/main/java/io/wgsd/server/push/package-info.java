/** Tells those who have subscribed what changes (RFC 8765). */
@NullMarked
package io.wgsd.server.push;

import org.jspecify.annotations.NullMarked;
