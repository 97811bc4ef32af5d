/**
 * Looking peers up in registries, and keeping the endpoints of a device right.
 *
 * <pre>{@code
 * DnsSdNames zone = DnsSdNames.parse("example.com");
 * InetSocketAddress registry = Endpoint.parse("10.0.0.254:53").toSocketAddress();
 * try (PeerSource wireGuard = PeerSources.open(PeerSourceOptions.defaults());
 *         DiscoveryClient client = DiscoveryClient.builder(zone).server(registry).build();
 *         DiscoveryAgent agent = DiscoveryAgent.builder(wireGuard, "wg0", client)
 *                 .listener(System.out::println)
 *                 .start()) {
 *     Thread.sleep(Duration.ofHours(1).toMillis());
 *     agent.state().forEach(System.out::println);
 * }
 * }</pre>
 *
 * <p>A {@link io.wgsd.discovery.DiscoveryClient} asks a registry where peers are. A {@link
 * io.wgsd.discovery.DiscoveryAgent} asks it about the peers of a device, and sets the endpoints that have changed,
 * except those of peers with a live session. It does so until it is closed, or once by {@link
 * io.wgsd.discovery.DiscoveryAgentBuilder#runOnce}.
 *
 * <p>{@link io.wgsd.discovery.DeviceMembers} gives a device the peers that its network's owner has signed.
 *
 * <p>It depends on {@link io.wgsd.members}, {@link io.wgsd.dnssd} and {@link io.wgsd.spi}. Beneath it are its rooms,
 * which are not exported:
 *
 * <ul>
 *   <li>{@code decide}: what is done about each peer, a pure function of what is remembered and what is seen; read
 *       {@code DeviceDecider} first
 *   <li>{@code exchange}: the DNS client, which asks many questions side by side; read {@code Exchange} first
 *   <li>{@code route}: which endpoints are refused, and how registries are reached; read {@code EndpointRules} first
 *   <li>{@code lookup}: looking peers up, browsing, and one pass over a device; read {@code Lookups} first
 *   <li>{@code push}: the connection on which a registry reports changes; read {@code PushClient} first
 *   <li>{@code registry}: the registries that an agent asks, by address or by name; read {@code Registries} first
 *   <li>{@code candidate}: where else this host can be reached, and registering that; read {@code OwnCandidates} first
 *   <li>{@code carrier}: packets over TLS while no UDP gets through; read {@code CarriageDecider} first
 *   <li>{@code health}: how an agent and its registries are; read {@code HealthKeeper} first
 *   <li>{@code agent}: the loop that looks, decides and acts; read {@code AgentLoop} first
 * </ul>
 */
@NullMarked
package io.wgsd.discovery;

import org.jspecify.annotations.NullMarked;
