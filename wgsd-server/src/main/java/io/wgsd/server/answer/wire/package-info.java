/**
 * Requests and responses in the wire format of DNS. It knows nothing of zones or of access.
 *
 * <p>{@code WireFormat} has all numbers, {@code Request} reads any request, {@code UsualRequest} the usual ones without
 * an object, and {@code ResponseWriter} writes.
 */
@NullMarked
package io.wgsd.server.answer.wire;

import org.jspecify.annotations.NullMarked;
