/**
 * A registry's peers in a zone that another name server serves, by dynamic updates (RFC 2136).
 *
 * <p>Begin with {@link io.wgsd.publish.Publisher}, which takes zones, as from {@code Registry.Listener.zoneChanged}:
 *
 * <pre>{@code
 * Publisher publisher = Publisher.builder(names, primary, key, ownKey).start();
 * publisher.publish(zone);
 * }</pre>
 *
 * <p>It knows {@code io.wgsd.dnssd} and no server. {@code Synchronizer} brings the zone up to date, {@code UpdatePlan}
 * decides what is written, and {@code Primary} is the connection.
 */
@NullMarked
package io.wgsd.publish;

import org.jspecify.annotations.NullMarked;
