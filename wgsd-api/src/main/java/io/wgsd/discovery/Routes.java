package io.wgsd.discovery;

import io.wgsd.discovery.route.SystemRoutes;
import io.wgsd.model.Device;
import io.wgsd.model.Endpoint;
import io.wgsd.model.IpAddress;
import io.wgsd.model.IpPrefix;
import io.wgsd.spi.NetworkChanges;
import io.wgsd.spi.OuterRoute;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** A host's addresses and routes; asking for them sends nothing. Implementations are thread-safe. */
public interface Routes {

    /**
     * Returns those of the running system. It finds out an application's routes by connecting a UDP socket, and asks
     * the installed {@link io.wgsd.spi.HostNetwork} for a WireGuard device's routes and for changes.
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
     * Returns the address from which an application on the host would send.
     *
     * @param destination where to, resolved
     * @return the address; empty where there is no route
     */
    Optional<IpAddress> source(InetSocketAddress destination);

    /**
     * Returns the addresses from which the host would send to several destinations; this may cost much less than asking
     * for one after the other.
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

    /**
     * Returns where a device's own packets to some endpoints would leave, with its mark and from its UDP socket.
     *
     * @param device the device
     * @param endpoints where to
     * @return an answer for each endpoint; by default, and where the system cannot be asked, there is none
     */
    default Map<Endpoint, OuterRoute> outerRoutes(Device device, Collection<Endpoint> endpoints) {
        return Map.of();
    }

    /**
     * A network to which this host is attached, so that its other hosts are reached without a router.
     *
     * @param own this host's address in it
     * @param prefix the network
     * @param gateways its routers, as far as default routes name them
     */
    record AttachedNetwork(IpAddress own, IpPrefix prefix, Set<IpAddress> gateways) {

        /**
         * Copies the set.
         *
         * @param own this host's address
         * @param prefix the network
         * @param gateways its routers
         */
        public AttachedNetwork {
            Objects.requireNonNull(own, "own");
            Objects.requireNonNull(prefix, "prefix");
            gateways = Set.copyOf(gateways);
        }
    }

    /**
     * Returns the networks that this host shares with others: not those of tunnels, point-to-point links, containers
     * and virtual machines on this host, and none of a single address.
     *
     * @param device the name of the WireGuard device, whose networks are not among them
     * @return the networks; by default, and where the system does not say of what kind its interfaces are, there is
     *     none
     */
    default List<AttachedNetwork> networks(String device) {
        return List.of();
    }

    /**
     * Returns an address as a socket of an interface needs it.
     *
     * @param device the interface's name
     * @param address an address on it
     * @return the address, a link-local one of IPv6 with the interface as its scope; by default without
     */
    default InetAddress onLink(String device, IpAddress address) {
        return address.toInetAddress();
    }

    /**
     * Returns how large a packet may be on an interface.
     *
     * @param device the interface's name
     * @return its MTU in bytes, IP header included; empty, as by default, where it cannot be read
     */
    default OptionalInt mtu(String device) {
        return OptionalInt.empty();
    }

    /**
     * Begins to watch the addresses and routes for changes.
     *
     * @return what reports changes, which the caller closes; empty, as by default, where callers have to poll
     */
    default Optional<NetworkChanges> changes() {
        return Optional.empty();
    }
}
