package io.wgsd.micrometer.families;

import io.wgsd.publish.Publisher;
import io.wgsd.publish.PublisherHealth;
import io.wgsd.publish.PublisherStats;

/**
 * A publisher at one moment.
 *
 * @param stats what it has done
 * @param health how it is
 */
public record PublisherReading(PublisherStats stats, PublisherHealth health) {

    public static PublisherReading of(Publisher publisher) {
        return new PublisherReading(publisher.stats(), publisher.health());
    }
}
