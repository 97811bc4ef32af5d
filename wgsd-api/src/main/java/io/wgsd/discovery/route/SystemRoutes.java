package io.wgsd.discovery.route;

import io.wgsd.discovery.Routes;
import io.wgsd.model.Device;
import io.wgsd.model.Endpoint;
import io.wgsd.model.IpAddress;
import io.wgsd.spi.HostNetwork;
import io.wgsd.spi.NetworkChanges;
import io.wgsd.spi.OuterRoute;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running system's addresses and routes: an application's as connecting a UDP socket shows them, which sends
 * nothing.
 */
public final class SystemRoutes implements Routes {

    private static final Logger LOG = LoggerFactory.getLogger(SystemRoutes.class);

    private final HostNetwork network;

    public SystemRoutes() {
        this(HostNetwork.installed());
    }

    public SystemRoutes(HostNetwork network) {
        this.network = network;
    }

    @Override
    public Set<IpAddress> addresses() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(SystemRoutes::addresses)
                    .collect(Collectors.toUnmodifiableSet());
        } catch (SocketException e) {
            return Set.of();
        }
    }

    @Override
    public Set<IpAddress> addresses(String device) {
        try {
            NetworkInterface found = NetworkInterface.getByName(device);
            return found == null ? Set.of() : addresses(found).collect(Collectors.toUnmodifiableSet());
        } catch (SocketException e) {
            return Set.of();
        }
    }

    @Override
    public Optional<IpAddress> source(InetSocketAddress destination) {
        try (RouteProbe probe = new RouteProbe()) {
            return probe.source(destination);
        }
    }

    @Override
    public Map<InetSocketAddress, IpAddress> sources(Collection<InetSocketAddress> destinations) {
        Map<InetSocketAddress, IpAddress> sources = new HashMap<>();
        try (RouteProbe probe = new RouteProbe()) {
            destinations.forEach(
                    destination -> probe.source(destination).ifPresent(address -> sources.put(destination, address)));
        }
        return sources;
    }

    @Override
    public Map<Endpoint, OuterRoute> outerRoutes(Device device, Collection<Endpoint> endpoints) {
        try {
            return network.outerRoutes(device, endpoints);
        } catch (IOException e) {
            LOG.debug("routes of {}'s packets cannot be asked: {}", device.name(), e.getMessage());
            return Map.of();
        }
    }

    @Override
    public List<AttachedNetwork> networks(String device) {
        try {
            return OwnNetworks.of(network.links(), device);
        } catch (IOException e) {
            LOG.debug("this host's own networks cannot be told from others: {}", e.getMessage());
            return List.of();
        }
    }

    @Override
    public InetAddress onLink(String device, IpAddress address) {
        if (!address.isIpv6() || !address.isLinkLocal()) {
            return address.toInetAddress();
        }
        try {
            NetworkInterface found = NetworkInterface.getByName(device);
            return found == null
                    ? address.toInetAddress()
                    : Inet6Address.getByAddress(null, address.toBytes(), found.getIndex());
        } catch (SocketException | UnknownHostException e) {
            return address.toInetAddress();
        }
    }

    @Override
    public OptionalInt mtu(String device) {
        try {
            NetworkInterface found = NetworkInterface.getByName(device);
            return found == null ? OptionalInt.empty() : OptionalInt.of(found.getMTU());
        } catch (SocketException e) {
            return OptionalInt.empty();
        }
    }

    @Override
    public Optional<NetworkChanges> changes() {
        try {
            return Optional.of(network.changes());
        } catch (IOException e) {
            LOG.debug("changes of the network are not reported: {}", e.getMessage());
            return Optional.empty();
        }
    }

    private static Stream<IpAddress> addresses(NetworkInterface each) {
        return each.inetAddresses().map(IpAddress::of);
    }
}
