/** Requests and responses in the wire format of DNS. */
@NullMarked
package io.wgsd.server.answer.wire;

import org.jspecify.annotations.NullMarked;
