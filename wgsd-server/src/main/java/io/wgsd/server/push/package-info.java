/**
 * Subscriptions to changes of the zone over TCP (RFC 8490, RFC 8765), for this host and peers.
 *
 * <p>Read {@code PushHub} first, which has all sessions; {@code PushSession} is one stream.
 */
@NullMarked
package io.wgsd.server.push;

import org.jspecify.annotations.NullMarked;
