/**
 * What one identity may take of a relay: token buckets, for a member or for a /24 and /56. Knows nothing else of the
 * relay.
 */
@NullMarked
package io.wgsd.relay.limit;

import org.jspecify.annotations.NullMarked;
