package io.wgsd.server.nat;

import io.wgsd.model.IpAddress;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * From what the NATs of peers are judged.
 *
 * @param deviceAddresses the addresses at one of which peers reach the device; none where that is not known
 * @param sightings what relays have heard last
 */
public record NatSettings(Set<IpAddress> deviceAddresses, Supplier<Collection<Sighting>> sightings) {

    /** Settings with which nothing is judged. */
    public static NatSettings none() {
        return new NatSettings(Set.of(), List::of);
    }
}
