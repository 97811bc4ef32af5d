package io.wgsd.dnssd;

import io.wgsd.model.Device;
import io.wgsd.model.Endpoint;
import io.wgsd.model.IpAddress;
import io.wgsd.model.IpPrefix;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How the registry's own device is advertised next to its peers. Immutable and thread-safe.
 *
 * @param address where the device is reached from outside, never an address inside the tunnel
 * @param port the port there; empty for the one that the device listens on
 * @param allowedIps which addresses peers are to route to it
 */
public record SelfOptions(IpAddress address, OptionalInt port, List<IpPrefix> allowedIps) {

    /**
     * Makes options of a copy of the prefixes.
     *
     * @param address where the device is reached from outside
     * @param port the port there
     * @param allowedIps which addresses peers are to route to it
     */
    public SelfOptions {
        allowedIps = List.copyOf(allowedIps);
    }

    /** Returns the advertisement; empty while the device has no key, or neither it nor these options have a port. */
    Optional<Advertisement> advertise(Device device, Instant since) {
        int reached = port.orElse(device.listenPort());
        return reached == 0
                ? Optional.empty()
                : device.publicKey()
                        .map(key -> Advertisement.builder(key)
                                .endpoint(Endpoint.of(address, reached))
                                .allowedIps(allowedIps)
                                .since(since)
                                .build());
    }
}
