package io.wgsd.discovery;

import io.wgsd.model.IpAddress;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a host's addresses and routes are; asking sends nothing. Implementations are thread-safe. */
public interface Routes {

    /**
     * Returns those of the running system, where connecting a UDP socket shows the route.
     *
     * @return the system's routes
     */
    static Routes system() {
        return new SystemRoutes();
    }

    /**
     * Returns all addresses of the host.
     *
     * @return the addresses; empty where they cannot be read
     */
    Set<IpAddress> addresses();

    /**
     * Returns the addresses of one interface.
     *
     * @param device the interface's name
     * @return the addresses; empty where there is no such interface
     */
    Set<IpAddress> addresses(String device);

    /**
     * Returns the address from which the host would send.
     *
     * @param destination where to, resolved
     * @return the address; empty where there is no route
     */
    Optional<IpAddress> source(InetSocketAddress destination);

    /**
     * Returns the addresses from which the host would send to several destinations, which may cost much less than to ask for
     * one after the other.
     *
     * @param destinations where to, resolved
     * @return the address for each destination to which there is a route
     */
    default Map<InetSocketAddress, IpAddress> sources(Collection<InetSocketAddress> destinations) {
        Map<InetSocketAddress, IpAddress> sources = new HashMap<>();
        destinations.forEach(
                destination -> source(destination).ifPresent(address -> sources.put(destination, address)));
        return sources;
    }
}
