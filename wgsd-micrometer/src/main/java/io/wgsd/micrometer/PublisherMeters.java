package io.wgsd.micrometer;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.wgsd.micrometer.families.PublisherFamilies;
import io.wgsd.micrometer.families.PublisherReading;
import io.wgsd.publish.Publisher;
import java.util.Objects;

/**
 * The meters of a publisher: attempts, peers that were written, and how long ago the primary was last up to date.
 *
 * <p>They keep the publisher from being collected until this is closed, which removes them. Each needs other tags where
 * there is more than one. Thread-safe.
 */
public final class PublisherMeters implements MeterBinder, AutoCloseable {

    private final Binding<PublisherReading> binding;
    private final Tags tags;

    /**
     * Makes a binder.
     *
     * @param publisher what is shown; it stays the caller's to close
     * @param tags what tells its meters from those of others, as in {@code Tags.of("zone", "wg.example.com")}
     */
    public PublisherMeters(Publisher publisher, Iterable<Tag> tags) {
        Objects.requireNonNull(publisher, "publisher");
        binding = new Binding<>(() -> PublisherReading.of(publisher));
        this.tags = Tags.of(tags);
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        binding.bind(PublisherFamilies.ALL, tags, registry);
    }

    /** Removes the meters from each registry that they were bound to. */
    @Override
    public void close() {
        binding.close();
    }
}
