package io.wgsd.micrometer.families;

import io.wgsd.dnssd.Zone;
import io.wgsd.server.Registry;
import io.wgsd.server.RegistryHealth;
import io.wgsd.server.RegistryStats;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.Type;

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

    /** Returns until when the signature of a zone's SOA is good; empty where the zone is not signed. */
    public static Optional<Instant> signatureExpiry(Zone zone) {
        return zone.find(zone.origin()).stream()
                .flatMap(apex -> apex.signatures(Type.SOA).stream())
                .filter(RRSIGRecord.class::isInstance)
                .map(signature -> ((RRSIGRecord) signature).getExpire())
                .min(Comparator.naturalOrder());
    }
}
