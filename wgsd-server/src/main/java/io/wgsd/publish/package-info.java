/**
 * A registry's peers in a zone that another name server serves, by dynamic updates (RFC 2136).
 *
 * <pre>{@code
 * DnsSdNames names = DnsSdNames.parse("example.com");
 * InetSocketAddress primary = Endpoint.parse("192.0.2.53:53").toSocketAddress();
 * TsigKey key = TsigKey.read("registry", "hmac-sha256", Path.of("/etc/wgsd/tsig.key"));
 * PublicKey registry = PublicKey.parse("JRI8Xc0zKP9kXk8qP84NdUQA04h6DLfFbwJn4g+/PFs=");
 * List<Advertisement> peers = List.of();
 * try (Publisher publisher = Publisher.builder(names, primary, key, registry).start()) {
 *     publisher.publish(Zone.of(ZoneOptions.builder(names).build(), peers, 1));
 * }
 * }</pre>
 *
 * <p>Read {@link io.wgsd.publish.Publisher} first. It takes zones, as from {@code Registry.Listener.zoneChanged}. It
 * knows {@code io.wgsd.dnssd} and no server. {@code Synchronizer} brings the zone up to date, {@code UpdatePlan}
 * decides what is written, and {@code Primary} is the connection.
 */
@NullMarked
package io.wgsd.publish;

import org.jspecify.annotations.NullMarked;
