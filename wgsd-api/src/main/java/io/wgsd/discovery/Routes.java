package io.wgsd.discovery;

import io.wgsd.model.IpAddress;
import java.net.InetSocketAddress;
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
}
