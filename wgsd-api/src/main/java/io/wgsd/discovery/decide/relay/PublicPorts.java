package io.wgsd.discovery.decide.relay;

import io.wgsd.model.Endpoint;
import io.wgsd.model.IpAddress;
import io.wgsd.model.Moment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The ports that registries have seen this host at, while its address stayed. Where they go on changing, its NAT forgets
 * a mapping between two keepalives. Immutable and thread-safe.
 *
 * @param address the address; null before it was seen
 * @param latest the latest ports, the oldest first, each once: two registries may see two ports all the time
 * @param changing whether they were seen to go on changing; a shorter keepalive ends the changes, but not what made it
 *     needed, so this holds for as long as the address does
 */
record PublicPorts(@Nullable IpAddress address, List<Sighting> latest, boolean changing) {

    /** So many changes are no coincidence. */
    private static final int CHANGES = 3;

    private static final Duration WITHIN = Duration.ofMinutes(10);
    private static final PublicPorts NONE = new PublicPorts(null, List.of(), false);

    /**
     * A port, and when it was seen first.
     *
     * @param port the port
     * @param at when
     */
    record Sighting(int port, Moment at) {}

    PublicPorts {
        latest = List.copyOf(latest);
    }

    static PublicPorts none() {
        return NONE;
    }

    /** Returns what is known once a registry has said where it sees this host; empty where none says. */
    PublicPorts next(Optional<Endpoint> self, Moment at) {
        if (self.isEmpty()) {
            return this;
        }
        Endpoint seen = self.get();
        Sighting sighting = new Sighting(seen.port(), at);
        if (address == null || !address.equals(seen.address())) {
            return new PublicPorts(seen.address(), List.of(sighting), false);
        }
        if (latest.stream().anyMatch(each -> each.port() == seen.port())) {
            return this;
        }
        List<Sighting> ports = new ArrayList<>(latest);
        ports.add(sighting);
        if (ports.size() > CHANGES + 1) {
            ports.remove(0);
        }
        // The first is where the host was before the first of the changes.
        boolean often = ports.size() > CHANGES && at.since(ports.get(1).at()).compareTo(WITHIN) <= 0;
        return new PublicPorts(address, ports, changing || often);
    }
}
