/**
 * NOTIFY for other name servers that carry the zone (RFC 1996); transfers are answers like any other.
 *
 * <p>Read {@code Notifier} first; {@code NotifySchedule} says when each is notified.
 */
@NullMarked
package io.wgsd.server.secondary;

import org.jspecify.annotations.NullMarked;
