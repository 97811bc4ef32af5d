/**
 * The relay: forwards WireGuard's packets between peers that cannot reach each other, unread.
 *
 * <p>It stands on {@code io.wgsd.model} alone; nothing in the library depends on it. Beneath it, and not exported:
 *
 * <ul>
 *   <li>{@code wire}: WireGuard's four messages as bytes ({@code Messages})
 *   <li>{@code noise}: WireGuard's cryptography as pure functions ({@code ReceivedInitiation})
 *   <li>{@code limit}: what one identity may take of a relay ({@code TokenBucket})
 *   <li>{@code roster}: the members, and where they were heard last ({@code Roster})
 *   <li>{@code session}: the relay's own sessions with its members ({@code Sessions})
 *   <li>{@code forward}: packets from one member to another ({@code Forwarding})
 *   <li>{@code tally}: what has become of packets, counted ({@code Tally})
 *   <li>{@code state}: what is kept for the next start ({@code State})
 *   <li>{@code transport}: sockets and threads ({@code Sockets})
 * </ul>
 */
@NullMarked
package io.wgsd.relay;

import org.jspecify.annotations.NullMarked;
