/**
 * The relay: forwards WireGuard's packets between peers that cannot reach each other, unread.
 *
 * <pre>{@code
 * RelayMembers members = RelayMembers.of(List.of(alice, bob));
 * try (Relay relay = Relay.builder(privateKey, members)
 *         .listen(new InetSocketAddress("192.0.2.1", 443))
 *         .store(RelayStore.inFile(Path.of("/var/lib/wgsd/relay")))
 *         .start()) {
 *     // It forwards until it is closed.
 * }
 * }</pre>
 *
 * <p>Read {@link io.wgsd.relay.Relay} first. It depends on {@code io.wgsd.model} alone; nothing in the library depends
 * on it. {@code RelayCore} shows which way a packet takes. Beneath it, not for users:
 *
 * <ul>
 *   <li>{@code wire}: WireGuard's messages as bytes; begin with {@code Messages}
 *   <li>{@code noise}: its handshake, keys and cookies as pure functions; begin with {@code ReceivedInitiation}
 *   <li>{@code limit}: what strangers of a network may take; begin with {@code PrefixBuckets}
 *   <li>{@code tally}: what became of packets; begin with {@code Outcome}
 *   <li>{@code roster}: who the members are, and where; begin with {@code Roster}
 *   <li>{@code session}: the relay's own sessions with its members; begin with {@code Sessions}
 *   <li>{@code forward}: what goes between members; begin with {@code Forwarding}, and with {@code Dispatcher} for data
 *   <li>{@code state}: what is kept for the next start; begin with {@code StateText}
 *   <li>{@code transport}: sockets and threads; begin with {@code Sockets}
 *   <li>{@code carrier}: packets that come over TLS; begin with {@code CarrierLoop}
 * </ul>
 */
@NullMarked
package io.wgsd.relay;

import org.jspecify.annotations.NullMarked;
