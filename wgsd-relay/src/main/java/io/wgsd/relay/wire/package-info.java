/**
 * WireGuard's four messages as bytes: their lengths, their fields and the first of the two codes that authenticate
 * handshakes. Knows no key but public ones.
 */
@NullMarked
package io.wgsd.relay.wire;

import org.jspecify.annotations.NullMarked;
