package io.wgsd.micrometer.families;

import io.wgsd.relay.Relay;
import io.wgsd.relay.RelayHealth;
import io.wgsd.relay.RelayStats;

/**
 * A relay at one moment.
 *
 * @param stats what it has done
 * @param health how it is
 */
public record RelayReading(RelayStats stats, RelayHealth health) {

    public static RelayReading of(Relay relay) {
        return new RelayReading(relay.stats(), relay.health());
    }
}
