/** The registry: a DNS server that answers from an immutable snapshot of a WireGuard device. */
@NullMarked
package io.wgsd.server;

import org.jspecify.annotations.NullMarked;
