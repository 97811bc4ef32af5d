package io.wgsd.backend.netlink;

import io.wgsd.backend.netlink.codec.Links;
import io.wgsd.backend.netlink.codec.RouteMessages;
import io.wgsd.backend.netlink.transport.ErrnoException;
import io.wgsd.backend.netlink.transport.LinuxNetworkChanges;
import io.wgsd.backend.netlink.transport.NetlinkSockets;
import io.wgsd.internal.Errno;
import io.wgsd.model.Device;
import io.wgsd.model.Endpoint;
import io.wgsd.model.IpAddress;
import io.wgsd.spi.ErrorOrigin;
import io.wgsd.spi.HostNetwork;
import io.wgsd.spi.NetworkChanges;
import io.wgsd.spi.Operation;
import io.wgsd.spi.OuterRoute;
import io.wgsd.spi.UnavailableException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Linux's routes and what changes them, over rtnetlink; any user may ask, and it holds for userspace WireGuards too.
 *
 * <p>A question carries the device's mark, so that rules which look at it ({@code ip rule … fwmark}, as {@code
 * wg-quick} makes them) apply. Where no UDP socket of this network namespace has the device's listen port, its
 * WireGuard is taken to be in another one, of which nothing is known here.
 */
public final class LinuxHostNetwork implements HostNetwork {

    private static final Duration LIMIT = Duration.ofSeconds(5);

    /**
     * What the kernel answers where it would not send (net/ipv4/fib_semantics.c, fib_props), EINVAL for a black hole
     * aside.
     */
    private static final Set<Integer> NO_ROUTE =
            Set.of(Errno.ENETUNREACH, Errno.EHOSTUNREACH, Errno.ENETDOWN, Errno.EACCES, Errno.EPERM);

    /** Addresses that default routes alone lead to (RFC 5737, RFC 3849). */
    private static final List<IpAddress> FAR = List.of(IpAddress.parse("203.0.113.1"), IpAddress.parse("2001:db8::1"));

    private final @Nullable NetlinkSockets given;
    private final UdpSockets udp;

    /** Does nothing; {@link java.util.ServiceLoader} needs it. */
    public LinuxHostNetwork() {
        given = null;
        udp = new UdpSockets();
    }

    LinuxHostNetwork(NetlinkSockets sockets, UdpSockets udp) {
        given = sockets;
        this.udp = udp;
    }

    @Override
    public Map<Endpoint, OuterRoute> outerRoutes(Device device, Collection<Endpoint> endpoints) throws IOException {
        NetlinkSockets sockets = sockets();
        Map<Endpoint, OuterRoute> routes = new HashMap<>();
        if (endpoints.isEmpty() || device.listenPort() == 0 || !udp.anyAt(device.listenPort())) {
            endpoints.forEach(endpoint -> routes.put(endpoint, OuterRoute.UNKNOWN));
            return routes;
        }
        ErrorOrigin origin = ErrorOrigin.of(NetlinkPeerSourceProvider.NAME).device(device.name());
        Operation operation = Operation.begin(origin, "asking for routes", LIMIT, () -> false);
        int own = sockets.interfaceIndex(device.name());
        try (Conversations conversations = new Conversations(sockets)) {
            return conversations.useRoute(operation, conversation -> {
                for (Endpoint endpoint : endpoints) {
                    int scope = scope(sockets, endpoint);
                    routes.put(endpoint, route(conversation, operation, device, own, endpoint, scope));
                }
                return routes;
            });
        }
    }

    @Override
    public List<Link> links() throws IOException {
        NetlinkSockets sockets = sockets();
        ErrorOrigin origin = ErrorOrigin.of(NetlinkPeerSourceProvider.NAME);
        Operation operation = Operation.begin(origin, "asking for interfaces", LIMIT, () -> false);
        try (Conversations conversations = new Conversations(sockets)) {
            return conversations.useRoute(operation, conversation -> {
                List<Links.Link> found = new ArrayList<>();
                Links.listAll(conversation.request(), conversation.nextSequence());
                conversation.exchange(
                        operation, (type, payload) -> Links.link(type, payload).ifPresent(found::add));
                List<Link> links = new ArrayList<>();
                for (Links.Link each : found) {
                    if (each.isUp() && !each.isLoopback() && !each.isPart()) {
                        links.add(new Link(each.name(), each.kind(), gateways(conversation, operation, each.index())));
                    }
                }
                return links;
            });
        }
    }

    private static Set<IpAddress> gateways(Conversation conversation, Operation operation, int link)
            throws IOException {
        Set<IpAddress> gateways = new HashSet<>();
        for (IpAddress far : FAR) {
            RouteMessages.askThrough(conversation.request(), conversation.nextSequence(), far, link);
            try {
                conversation.exchange(
                        operation,
                        (type, payload) -> RouteMessages.gateway(type, payload).ifPresent(gateways::add));
            } catch (ErrnoException e) {
                // No route of this family leads through it, or it has just gone.
            }
        }
        return gateways;
    }

    @Override
    public NetworkChanges changes() throws IOException {
        // What opens the sockets has loaded the native code that the changes take, too.
        sockets();
        return LinuxNetworkChanges.open();
    }

    private static OuterRoute route(
            Conversation conversation, Operation operation, Device device, int own, Endpoint to, int scope)
            throws IOException {
        RouteMessages.ask(
                conversation.request(),
                conversation.nextSequence(),
                to,
                scope,
                device.firewallMark(),
                device.listenPort());
        int[] link = new int[1];
        try {
            conversation.exchange(operation, (type, payload) -> {
                Optional<Integer> outgoing = RouteMessages.outgoing(type, payload);
                if (outgoing.isPresent()) {
                    link[0] = outgoing.get();
                }
            });
        } catch (ErrnoException e) {
            return unrouted(e, to);
        }
        if (link[0] == 0) {
            return OuterRoute.NONE;
        }
        return link[0] == own ? OuterRoute.INTO_ITSELF : OuterRoute.OUTSIDE;
    }

    /**
     * EINVAL may be a black hole's, or mean that this kernel takes another question: no ground to refuse an endpoint.
     */
    private static OuterRoute unrouted(ErrnoException e, Endpoint to) throws ErrnoException {
        boolean noFamily = to.address().isIpv6()
                && (e.number() == Errno.EOPNOTSUPP
                        || e.number() == Errno.EAFNOSUPPORT
                        || e.number() == Errno.EPFNOSUPPORT);
        if (noFamily || NO_ROUTE.contains(e.number())) {
            return OuterRoute.NONE;
        }
        if (e.number() == Errno.EINVAL || e.number() == Errno.ENODEV) {
            return OuterRoute.UNKNOWN;
        }
        throw e;
    }

    private static int scope(NetlinkSockets sockets, Endpoint endpoint) {
        return endpoint.scope()
                .map(name -> endpoint.scopeIndex().orElseGet(() -> sockets.interfaceIndex(name)))
                .orElse(0);
    }

    private NetlinkSockets sockets() throws UnavailableException {
        NetlinkSockets known = given;
        if (known != null) {
            return known;
        }
        NativeAccess here = NativeAccess.here();
        return here.sockets()
                .orElseThrow(() -> new UnavailableException(
                        ErrorOrigin.of(NetlinkPeerSourceProvider.NAME), here.finding(), here.failure()));
    }
}
