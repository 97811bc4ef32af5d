/**
 * A device's peers as DNS-SD records (RFC 6763) and back: names, records, zones, their differences and signatures.
 *
 * <pre>{@code
 * DnsSdNames names = DnsSdNames.parse("example.com");
 * try (PeerSource wireGuard = PeerSources.open(PeerSourceOptions.defaults())) {
 *     Device device = wireGuard.read("wg0", ReadOptions.defaults());
 *     List<Advertisement> peers = Advertiser.ofAllPeers().advertise(device, List.of(), Instant.now());
 *     Zone zone = Zone.of(ZoneOptions.builder(names).build(), peers, 1);
 *     zone.records().forEach(System.out::println);
 * }
 * }</pre>
 *
 * <p>It is above {@code io.wgsd.model}, beside {@code io.wgsd.spi}, and below discovery, server and publish. It knows
 * dnsjava's types for names and records, and no socket. Read {@link io.wgsd.dnssd.DnsSdNames} first, then {@link
 * io.wgsd.dnssd.Advertiser} (device to advertisements), {@link io.wgsd.dnssd.Zone} (advertisements to records) and
 * {@link io.wgsd.dnssd.AdvertisementParser} (records to advertisements). Beneath it, and not exported:
 *
 * <ul>
 *   <li>{@code records}: what is in the records, and how they become RRsets;
 *   <li>{@code text}: what zones may be called, and files of shared secrets.
 * </ul>
 */
@NullMarked
package io.wgsd.dnssd;

import org.jspecify.annotations.NullMarked;
