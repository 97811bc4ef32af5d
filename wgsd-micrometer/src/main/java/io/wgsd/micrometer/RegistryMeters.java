package io.wgsd.micrometer;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.wgsd.micrometer.families.RegistryFamilies;
import io.wgsd.micrometer.families.RegistryReading;
import io.wgsd.server.Registry;
import java.util.Objects;

/**
 * The meters of a registry: messages by what became of them, readings of the device, the zone and its health.
 *
 * <p>They keep the registry from being collected until this is closed, which removes them. Each needs other tags where
 * there is more than one. Thread-safe.
 */
public final class RegistryMeters implements MeterBinder, AutoCloseable {

    private final Binding<RegistryReading> binding;
    private final Tags tags;

    /**
     * Makes a binder.
     *
     * @param registry what is shown; it stays the caller's to close
     * @param tags what tells its meters from those of others, as in {@code Tags.of("zone", "wg.example.com")}
     */
    public RegistryMeters(Registry registry, Iterable<Tag> tags) {
        Objects.requireNonNull(registry, "registry");
        binding = new Binding<>(() -> RegistryReading.of(registry));
        this.tags = Tags.of(tags);
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        binding.bind(RegistryFamilies.ALL, tags, registry);
    }

    /** Removes the meters from each registry that they were bound to. */
    @Override
    public void close() {
        binding.close();
    }
}
