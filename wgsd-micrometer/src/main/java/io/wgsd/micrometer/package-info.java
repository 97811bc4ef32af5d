/**
 * What a registry, a publisher, a relay and an agent count, as meters of Micrometer.
 *
 * <pre>{@code
 * MeterRegistry meters = new SimpleMeterRegistry();
 * try (Registry registry = Registry.builder(source, "wg0", zone).start();
 *         RegistryMeters bound = new RegistryMeters(registry, Tags.of("zone", "wg.example.com"))) {
 *     bound.bindTo(meters);
 * }
 * }</pre>
 *
 * <p>The names begin with {@code wgsd}, units are base units, and no endpoint is ever a tag; so the number of meters
 * does not grow with the network. The {@code wgsd} command shows the same meters at {@code /metrics}. Each meter's name,
 * meaning and source is in {@code families}, once, which is not for users; begin with {@code Family}.
 */
@NullMarked
package io.wgsd.micrometer;

import org.jspecify.annotations.NullMarked;
