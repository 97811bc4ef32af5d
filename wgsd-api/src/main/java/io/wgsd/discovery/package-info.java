/**
 * Looking peers up in registries, and keeping the endpoints of a device right.
 *
 * <p>A {@link io.wgsd.discovery.DiscoveryClient} asks a registry where peers are. A {@link io.wgsd.discovery.DiscoveryAgent}
 * asks it about the peers of a device, and sets the endpoints that have changed, unless a live {@link
 * io.wgsd.discovery.Session} would suffer:
 *
 * <pre>{@code
 * try (PeerSource source = PeerSources.open(PeerSourceOptions.defaults());
 *         DiscoveryClient client = DiscoveryClient.builder(Name.fromString("example.com."))
 *                 .server(new InetSocketAddress("10.0.0.254", 53))
 *                 .build()) {
 *     PassResult pass = DiscoveryAgent.builder(source, "wg0", client).build().runOnce();
 *     pass.warnings().forEach(System.err::println);
 *     for (PeerOutcome peer : pass.outcomes()) {
 *         System.out.println(peer);
 *     }
 * }
 * }</pre>
 */
@NullMarked
package io.wgsd.discovery;

import org.jspecify.annotations.NullMarked;
