package io.wgsd.server.transport.bind;

import io.wgsd.server.answer.wire.WireFormat;
import io.wgsd.server.transport.SocketAddresses;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Where to listen, as a user has said it: at given addresses, at all of this host for a wildcard, and by default at
 * those of the device. Link-local addresses of IPv6 are left out, unless they were named or the device has no others.
 * Immutable and thread-safe.
 *
 * @param device the WireGuard device's name
 * @param listen addresses and ports, wildcards among them; empty for the default
 */
public record ListenPlan(String device, List<InetSocketAddress> listen) {

    /**
     * Makes a plan of a copy of the addresses.
     *
     * @param device the WireGuard device's name
     * @param listen addresses and ports
     * @throws IllegalArgumentException if one is link-local and names no link
     */
    public ListenPlan {
        listen = List.copyOf(listen);
        for (InetSocketAddress each : listen) {
            if (LinkLocal.is(each) && !LinkLocal.hasLink(each)) {
                throw new IllegalArgumentException("listen address " + SocketAddresses.format(each)
                        + " is link-local and must name its link, as in [fe80::1%" + device + "]:53");
            }
        }
    }

    /** Returns the addresses to bind now, none of them a wildcard. */
    Set<InetSocketAddress> addresses(Collection<Link> links) {
        Set<InetSocketAddress> addresses = new LinkedHashSet<>();
        if (listen.isEmpty()) {
            ofDevice(links).forEach(address -> addresses.add(new InetSocketAddress(address, WireFormat.DNS_PORT)));
        }
        for (InetSocketAddress each : listen) {
            if (each.getAddress().isAnyLocalAddress()) {
                links.stream()
                        .flatMap(ListenPlan::addressesOf)
                        .filter(address -> covers(each.getAddress(), address))
                        .forEach(address -> addresses.add(new InetSocketAddress(address, each.getPort())));
            } else {
                addresses.add(LinkLocal.is(each) ? LinkLocal.current(each, links) : each);
            }
        }
        return addresses;
    }

    /** Returns whether an address was named, so that it is an error if it cannot be bound. */
    boolean names(InetSocketAddress address) {
        return listen.contains(address);
    }

    /** Returns whether the addresses to bind depend on this host's interfaces. */
    boolean followsLinks() {
        return listen.isEmpty()
                || listen.stream().anyMatch(each -> each.getAddress().isAnyLocalAddress());
    }

    OptionalInt deviceIndex(Collection<Link> links) {
        return links.stream()
                .filter(link -> link.name().equals(device))
                .mapToInt(Link::index)
                .findFirst();
    }

    /**
     * Many interfaces give themselves a link-local address that nobody uses; of one that has no other, it is what there
     * is.
     */
    private List<InetAddress> ofDevice(Collection<Link> links) {
        List<InetAddress> all = links.stream()
                .filter(link -> link.name().equals(device))
                .flatMap(link -> link.addresses().stream())
                .toList();
        List<InetAddress> others =
                all.stream().filter(address -> !LinkLocal.is(address)).toList();
        return others.isEmpty() ? all : others;
    }

    private static Stream<InetAddress> addressesOf(Link link) {
        return link.addresses().stream().filter(address -> !LinkLocal.is(address));
    }

    /** As the wildcard socket of this host would have it: the one of IPv6 is for both families. */
    private static boolean covers(InetAddress wildcard, InetAddress address) {
        return !(wildcard instanceof Inet4Address) || address instanceof Inet4Address;
    }
}
