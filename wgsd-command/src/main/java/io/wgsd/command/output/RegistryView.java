package io.wgsd.command.output;

import io.wgsd.members.PeerNames;
import io.wgsd.micrometer.families.PublisherReading;
import io.wgsd.micrometer.families.RegistryReading;
import io.wgsd.micrometer.families.RelayReading;
import io.wgsd.server.RegistryHealth;
import io.wgsd.spi.WireGuardException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A registry at one moment, with what belongs to it.
 *
 * @param zone the zone's name
 * @param device the device's name
 * @param registry the registry
 * @param publisher what publishes its zone elsewhere, where that is asked for
 * @param relay its relay, where it has one
 * @param names what its peers are called
 */
public record RegistryView(
        String zone,
        String device,
        RegistryReading registry,
        Optional<PublisherReading> publisher,
        Optional<RelayReading> relay,
        PeerNames names) {

    /** A registry whose peers have no names. */
    public RegistryView(
            String zone,
            String device,
            RegistryReading registry,
            Optional<PublisherReading> publisher,
            Optional<RelayReading> relay) {
        this(zone, device, registry, publisher, relay, PeerNames.none());
    }

    /** Returns why a restart would help, a line each. */
    public List<String> unhealthy() {
        List<String> lines = new ArrayList<>();
        RegistryHealth health = registry.health();
        health.fatalError().ifPresent(error -> lines.add(name() + ": the registry has failed: " + error));
        if (health.isStuck()) {
            lines.add(name() + ": a reading of the device does not end");
        }
        publisher
                .flatMap(each -> each.health().fatalError())
                .ifPresent(error -> lines.add(name() + ": the publisher has failed: " + error));
        relay.flatMap(each -> each.health().fatalError())
                .ifPresent(error -> lines.add(name() + ": the relay has failed: " + error));
        return lines;
    }

    /** Returns why what is served or published is not fresh, a line each. */
    public List<String> unready() {
        List<String> lines = new ArrayList<>(unhealthy());
        RegistryHealth health = registry.health();
        String why = health.readingError()
                .map(WireGuardException::getMessage)
                .map(text -> ": " + text)
                .orElse("");
        if (!health.isReady()) {
            lines.add(name() + ": the device has not been read yet" + why);
        } else if (health.isExpired()) {
            lines.add(name() + ": every answer is SERVFAIL, because the device was last read too long ago" + why);
        } else if (health.staleSince().isPresent()) {
            lines.add(name() + ": what is served is stale since "
                    + health.staleSince().get() + why);
        }
        publisher
                .filter(each -> !each.health().isPublished())
                .ifPresent(each -> lines.add(name() + ": not published: "
                        + each.health().error().map(Throwable::getMessage).orElse("no attempt has ended yet")));
        return lines;
    }

    private String name() {
        return "zone " + zone + " of device " + device;
    }
}
