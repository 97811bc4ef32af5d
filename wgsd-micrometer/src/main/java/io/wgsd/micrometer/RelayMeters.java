package io.wgsd.micrometer;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.wgsd.micrometer.families.RelayFamilies;
import io.wgsd.micrometer.families.RelayReading;
import io.wgsd.relay.Relay;
import java.util.Objects;

/**
 * The meters of a relay: what it forwards and what it drops, and its members.
 *
 * <p>They keep the relay from being collected until this is closed, which removes them. Each needs other tags where
 * there is more than one. Thread-safe.
 */
public final class RelayMeters implements MeterBinder, AutoCloseable {

    private final Binding<RelayReading> binding;
    private final Tags tags;

    /**
     * Makes a binder.
     *
     * @param relay what is shown; it stays the caller's to close
     * @param tags what tells its meters from those of others, as in {@code Tags.of("relay", "home")}
     */
    public RelayMeters(Relay relay, Iterable<Tag> tags) {
        Objects.requireNonNull(relay, "relay");
        binding = new Binding<>(() -> RelayReading.of(relay));
        this.tags = Tags.of(tags);
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        binding.bind(RelayFamilies.ALL, tags, registry);
    }

    /** Removes the meters from each registry that they were bound to. */
    @Override
    public void close() {
        binding.close();
    }
}
