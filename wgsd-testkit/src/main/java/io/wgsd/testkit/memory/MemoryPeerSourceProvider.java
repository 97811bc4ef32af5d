package io.wgsd.testkit.memory;

import io.wgsd.spi.Availability;
import io.wgsd.spi.ErrorOrigin;
import io.wgsd.spi.PeerSource;
import io.wgsd.spi.PeerSourceOptions;
import io.wgsd.spi.PeerSourceProvider;
import io.wgsd.spi.UnavailableException;
import java.util.Objects;
import java.util.Set;

/**
 * A {@link MemoryWireGuard} as a backend, for {@code PeerSources.of}; ServiceLoader does not find it. Thread-safe.
 *
 * <p>Two of them, over two {@code MemoryWireGuard}s, play two backends.
 */
public final class MemoryPeerSourceProvider implements PeerSourceProvider {

    private final World world;
    private final MemoryFaults faults;
    private final String name;
    private final int priority;
    private volatile Availability availability = Availability.available("it is in this process's memory");

    MemoryPeerSourceProvider(World world, MemoryFaults faults, String name, int priority) {
        this.world = world;
        this.faults = faults;
        this.name = Objects.requireNonNull(name, "name");
        this.priority = priority;
    }

    /**
     * Sets whether the backend can work from now on; sources that are open stay as they are.
     *
     * @param found what {@link #probe()} returns, and {@link #open} goes by
     */
    public void setAvailability(Availability found) {
        availability = Objects.requireNonNull(found, "found");
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int priority() {
        return priority;
    }

    @Override
    public Availability probe() {
        return availability;
    }

    @Override
    public Set<String> settings() {
        return Set.of();
    }

    @Override
    public PeerSource open(PeerSourceOptions options) throws UnavailableException {
        check(options);
        Availability found = availability;
        if (!found.isAvailable()) {
            throw new UnavailableException(ErrorOrigin.of(name), found, null);
        }
        return new MemoryPeerSource(world, faults, name, options.timeout());
    }
}
