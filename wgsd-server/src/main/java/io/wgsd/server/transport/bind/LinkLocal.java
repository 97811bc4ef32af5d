package io.wgsd.server.transport.bind;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Collection;

/** Link-local addresses of IPv6, which name a host only together with a link (RFC 4007). */
final class LinkLocal {

    private LinkLocal() {}

    static boolean is(InetAddress address) {
        return address instanceof Inet6Address && address.isLinkLocalAddress();
    }

    static boolean is(InetSocketAddress address) {
        return is(address.getAddress());
    }

    /**
     * Returns the name of the link that was given with an address, as in {@code fe80::1%wg0}; "" where it was none, or
     * an index.
     */
    static String linkName(InetSocketAddress address) {
        String host = address.getHostString();
        String scope = host.substring(host.indexOf('%') + 1);
        return host.indexOf('%') < 0 || scope.matches("[0-9]+") ? "" : scope;
    }

    static boolean hasLink(InetSocketAddress address) {
        return index(address) != 0 || !linkName(address).isEmpty();
    }

    /** Returns the address with the index that its link has now, where that was given by name and is there. */
    static InetSocketAddress current(InetSocketAddress address, Collection<Link> links) {
        String name = linkName(address);
        return links.stream()
                .filter(link -> link.name().equals(name))
                .findFirst()
                .map(link -> on(address, link.index()))
                .orElse(address);
    }

    static int index(InetSocketAddress address) {
        return address.getAddress() instanceof Inet6Address v6 ? v6.getScopeId() : 0;
    }

    static InetSocketAddress on(InetSocketAddress address, int index) {
        try {
            byte[] bytes = address.getAddress().getAddress();
            String name = linkName(address);
            String host = name.isEmpty() ? null : address.getHostString();
            return new InetSocketAddress(Inet6Address.getByAddress(host, bytes, index), address.getPort());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("16 bytes are always an address", e);
        }
    }
}
