package io.wgsd.spi;

import io.wgsd.model.Device;
import io.wgsd.model.Endpoint;
import io.wgsd.model.IpAddress;
import io.wgsd.spi.select.InstalledNetwork;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

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
     * An interface of this host that is up, as far as Java alone does not tell it.
     *
     * @param name the interface's name
     * @param kind what the system calls its kind, as in {@code bridge}, {@code veth} or {@code wireguard}; empty for
     *     hardware
     * @param gateways the routers to which default routes through it lead, of each family; none where no default route
     *     leads through it
     */
    record Link(String name, String kind, Set<IpAddress> gateways) {

        /**
         * Copies the set.
         *
         * @param name the name
         * @param kind the kind
         * @param gateways the routers
         */
        public Link {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(kind, "kind");
            gateways = Set.copyOf(gateways);
        }
    }

    /**
     * Returns the interfaces that are up, without loopback and those that are a part of another one, as ports of a
     * bridge are.
     *
     * <p>Blocks for some microseconds for each interface, and sends nothing.
     *
     * @return one for each interface
     * @throws IOException if the system cannot be asked, as by default
     */
    default List<Link> links() throws IOException {
        throw new IOException("nothing here says of what kind this host's interfaces are");
    }

    /**
     * Begins to watch interfaces, addresses, routes and the rules that choose among them.
     *
     * @return a source of reports, which the caller closes
     * @throws IOException if the system does not report them
     */
    NetworkChanges changes() throws IOException;
}
