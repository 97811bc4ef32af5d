package io.wgsd.discovery.route;

import io.wgsd.discovery.Routes.AttachedNetwork;
import io.wgsd.model.IpAddress;
import io.wgsd.model.IpPrefix;
import io.wgsd.spi.HostNetwork;
import java.io.IOException;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Tells the networks that a host shares with others from those of tunnels, containers and virtual machines on it. */
final class OwnNetworks {

    /** Hardware, and what stands for hardware. */
    private static final Set<String> LINKS =
            Set.of("", "vlan", "bond", "team", "macsec", "hsr", "macvlan", "ipvlan", "virt_wifi");

    /**
     * What is a host's link to its network, or one to containers and virtual machines on it: a host's default route
     * leads through the first alone.
     */
    private static final Set<String> AMBIGUOUS = Set.of("bridge", "veth", "netkit");

    private OwnNetworks() {}

    /**
     * Returns the networks of those interfaces that are no tunnels.
     *
     * @param links all interfaces, as the system has them
     * @param device the interface that is left out
     * @throws IOException if the system does not say which addresses they have
     */
    static List<AttachedNetwork> of(List<HostNetwork.Link> links, String device) throws IOException {
        List<AttachedNetwork> networks = new ArrayList<>();
        for (HostNetwork.Link link : links) {
            NetworkInterface found = NetworkInterface.getByName(link.name());
            if (found == null
                    || link.name().equals(device)
                    || !isShared(link.kind(), !link.gateways().isEmpty())
                    || found.isPointToPoint()) {
                continue;
            }
            for (InterfaceAddress each : found.getInterfaceAddresses()) {
                add(networks, IpAddress.of(each.getAddress()), each.getNetworkPrefixLength(), link.gateways());
            }
        }
        return networks;
    }

    /**
     * Returns whether interfaces of a kind have other hosts on their links.
     *
     * @param kind what Linux calls the kind
     * @param hasDefaultRoute whether a default route leads through the interface
     */
    static boolean isShared(String kind, boolean hasDefaultRoute) {
        return LINKS.contains(kind) || (hasDefaultRoute && AMBIGUOUS.contains(kind));
    }

    private static void add(List<AttachedNetwork> networks, IpAddress own, int length, Set<IpAddress> gateways) {
        boolean shared = length > 0 && length < own.bitLength();
        if (shared && !own.isLinkLocal() && !own.isLoopback() && !own.isMulticast()) {
            networks.add(new AttachedNetwork(own, new IpPrefix(own, length), gateways));
        }
    }
}
