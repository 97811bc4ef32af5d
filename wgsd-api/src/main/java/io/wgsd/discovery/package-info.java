/**
 * Looking peers up in registries, and keeping the endpoints of a device right.
 *
 * <p>A {@link io.wgsd.discovery.DiscoveryClient} asks a registry where peers are. A {@link
 * io.wgsd.discovery.DiscoveryAgent} asks it about the peers of a device, and sets the endpoints that have changed, except
 * those of peers with a live session:
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
 *
 * <p>It stands on {@link io.wgsd.dnssd} and {@link io.wgsd.spi}. Beneath it are its rooms, which are not exported:
 *
 * <ul>
 *   <li>{@code decide}: what is done about each peer, a pure function of what is remembered and what is seen; read
 *       {@code DeviceDecider} first
 *   <li>{@code exchange}: the DNS client, which asks many questions side by side; read {@code Exchange} first
 *   <li>{@code route}: which endpoints are refused, and how registries are reached; read {@code EndpointRules} first
 *   <li>{@code lookup}: looking peers up, browsing, and one pass over a device; read {@code Lookups} first
 *   <li>{@code push}: the connection on which a registry tells of changes; read {@code PushClient} first
 *   <li>{@code registry}: the registries that an agent asks, by address or by name; read {@code Registries} first
 *   <li>{@code agent}: the loop that looks, decides and acts; read {@code AgentLoop} first
 * </ul>
 */
@NullMarked
package io.wgsd.discovery;

import org.jspecify.annotations.NullMarked;
