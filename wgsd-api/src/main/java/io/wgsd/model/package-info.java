/** WireGuard's own terms as immutable values: keys, addresses, peers, devices, and changes to them. */
@NullMarked
package io.wgsd.model;

import org.jspecify.annotations.NullMarked;
