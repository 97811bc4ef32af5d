package io.wgsd.micrometer.families;

import io.wgsd.dnssd.Zone;
import io.wgsd.server.Registry;
import io.wgsd.server.RegistryHealth;
import io.wgsd.server.RegistryStats;
import java.util.Optional;

/**
 * A registry at one moment.
 *
 * @param stats what it has done
 * @param health how it is
 * @param zone what it serves; empty before the first reading of its device
 */
public record RegistryReading(RegistryStats stats, RegistryHealth health, Optional<Zone> zone) {

    public static RegistryReading of(Registry registry) {
        return new RegistryReading(registry.stats(), registry.health(), registry.zone());
    }
}
