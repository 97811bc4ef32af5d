package io.wgsd.micrometer;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.wgsd.discovery.DiscoveryAgent;
import io.wgsd.micrometer.families.AgentFamilies;
import io.wgsd.micrometer.families.AgentReading;
import java.util.Objects;

/**
 * The meters of an agent: what it does to its device, how many peers are in each state, and its health.
 *
 * <p>They keep the agent from being collected until this is closed, which removes them. Each needs other tags where
 * there is more than one. Thread-safe.
 */
public final class AgentMeters implements MeterBinder, AutoCloseable {

    private final Binding<AgentReading> binding;
    private final Tags tags;

    /**
     * Makes a binder.
     *
     * @param agent what is shown; it stays the caller's to close
     * @param tags what tells its meters from those of others, as in {@code Tags.of("device", "wg0")}
     */
    public AgentMeters(DiscoveryAgent agent, Iterable<Tag> tags) {
        Objects.requireNonNull(agent, "agent");
        binding = new Binding<>(() -> AgentReading.of(agent));
        this.tags = Tags.of(tags);
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        binding.bind(AgentFamilies.ALL, tags, registry);
    }

    /** Removes the meters from each registry that they were bound to. */
    @Override
    public void close() {
        binding.close();
    }
}
