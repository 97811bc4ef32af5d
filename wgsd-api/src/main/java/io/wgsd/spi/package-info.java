/**
 * How wgsd reaches WireGuard: what a backend provides, how one is chosen, and what can go wrong.
 *
 * <pre>{@code
 * try (PeerSource source = PeerSources.open(PeerSourceOptions.defaults())) {
 *     Device device = source.read("wg0", ReadOptions.defaults());
 *     device.peers().forEach(peer -> System.out.println(peer.publicKey() + " " + peer.endpoint().orElse(null)));
 * }
 * }</pre>
 *
 * <p>It is above {@code io.wgsd.model} and below everything that reads or changes a device: backends implement it,
 * discovery and server use it. Read {@link io.wgsd.spi.PeerSource} first, then {@link io.wgsd.spi.PeerSources}, which
 * finds the backends, and {@link io.wgsd.spi.DeviceWatcher}, which reads again and again. To write a backend, start
 * with {@link io.wgsd.spi.PeerSourceProvider}. Every error is a {@link io.wgsd.spi.WireGuardException}. Beneath it, and
 * not exported:
 *
 * <ul>
 *   <li>{@code select}: which backends there are, and which of them a call goes to.
 * </ul>
 */
@NullMarked
package io.wgsd.spi;

import org.jspecify.annotations.NullMarked;
