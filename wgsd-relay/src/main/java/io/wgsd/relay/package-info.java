/**
 * The relay: forwards WireGuard's packets between peers that cannot reach each other, unread.
 */
@NullMarked
package io.wgsd.relay;

import org.jspecify.annotations.NullMarked;
