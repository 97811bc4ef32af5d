package io.wgsd.spi;

import io.wgsd.model.Device;
import io.wgsd.model.Endpoint;
import io.wgsd.spi.select.InstalledNetwork;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;

/**
 * What a system knows of its network that Java alone cannot ask for, whichever backend reads the WireGuard device.
 *
 * <p>An implementation is found by {@link java.util.ServiceLoader}: it is public, has a public constructor without
 * arguments that does no work, and is named both in its module's {@code provides} and in {@code META-INF/services}. Its
 * methods are safe for concurrent use, and apply to the network namespace in which the calling thread is.
 */
public interface HostNetwork {

    /**
     * Returns what the runtime has: each question goes to all implementations in turn until one answers it.
     *
     * @return a view that throws where there is no implementation, or none that works here
     */
    static HostNetwork installed() {
        return InstalledNetwork.INSTANCE;
    }

    /**
     * Returns where a device's own packets to some endpoints would leave: with its mark, and from its UDP socket.
     *
     * <p>Blocks for some microseconds for each endpoint, and sends nothing.
     *
     * @param device the device, of which name, listen port and mark matter
     * @param endpoints where to
     * @return an answer for each endpoint
     * @throws IOException if the system cannot be asked
     */
    Map<Endpoint, OuterRoute> outerRoutes(Device device, Collection<Endpoint> endpoints) throws IOException;

    /**
     * Begins to watch interfaces, addresses, routes and the rules that choose among them.
     *
     * @return a source of reports, which the caller closes
     * @throws IOException if the system does not report them
     */
    NetworkChanges changes() throws IOException;
}
