/**
 * The registry: an authoritative DNS server for the endpoints of a WireGuard device's peers.
 *
 * <pre>{@code
 * ZoneOptions zone = ZoneOptions.builder(DnsSdNames.parse("example.com")).build();
 * try (PeerSource wireGuard = PeerSources.open(PeerSourceOptions.defaults());
 *         Registry registry = Registry.builder(wireGuard, "wg0", zone).start()) {
 *     // It serves until it is closed.
 *     Thread.sleep(Duration.ofHours(1).toMillis());
 *     System.out.println(registry.stats());
 * }
 * }</pre>
 *
 * <p>Read {@link io.wgsd.server.Registry} first. It reads devices by {@code io.wgsd.spi} and makes zones by {@code
 * io.wgsd.dnssd}; nothing in the library depends on it. The way of a reading is {@code DeviceFollower}, {@code
 * SnapshotMaker}, {@code Snapshot}; that of a query is {@code QueryPath}. Beneath it, not for users:
 *
 * <ul>
 *   <li>{@code zone}: from readings to the zone, its history and its views; begin with {@code ZoneKeeper}
 *   <li>{@code nat}: how the NATs of peers map; begin with {@code MappingEvidence}
 *   <li>{@code answer}: from a request to its response; begin with {@code Responder}
 *   <li>{@code transport}: sockets and the threads that serve them; begin with {@code MessageHandler}
 *   <li>{@code push}: subscriptions to changes; begin with {@code PushHub}
 *   <li>{@code secondary}: NOTIFY for secondaries; begin with {@code Notifier}
 *   <li>{@code candidate}: what peers register of themselves; begin with {@code CandidateUpdates}
 * </ul>
 */
@NullMarked
package io.wgsd.server;

import org.jspecify.annotations.NullMarked;
