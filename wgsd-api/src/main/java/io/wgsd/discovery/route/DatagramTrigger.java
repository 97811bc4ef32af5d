package io.wgsd.discovery.route;

import io.wgsd.discovery.Routes;
import io.wgsd.discovery.Trigger;
import io.wgsd.model.CryptokeyRouting;
import io.wgsd.model.Device;
import io.wgsd.model.IpAddress;
import io.wgsd.model.PublicKey;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends one empty UDP datagram to the peer's discard port (RFC 863) inside the tunnel, and only there.
 *
 * <p>This is the gentlest way to make WireGuard send: it needs no privilege, changes nothing, and the peer drops it.
 */
public final class DatagramTrigger implements Trigger {

    private static final Logger LOG = LoggerFactory.getLogger(DatagramTrigger.class);
    private static final int DISCARD = 9;

    private final Routes routes;
    private final int port;

    public DatagramTrigger(Routes routes) {
        this(routes, DISCARD);
    }

    public DatagramTrigger(Routes routes, int port) {
        this.port = port;
        this.routes = routes;
    }

    @Override
    public void pull(Device device, Collection<PublicKey> peers) {
        Set<IpAddress> own = routes.addresses(device.name());
        if (own.isEmpty()) {
            LOG.debug("nothing is sent through {}, which has no address here", device.name());
            return;
        }
        CryptokeyRouting routing = CryptokeyRouting.of(device);
        List<InetSocketAddress> targets = peers.stream()
                .flatMap(key -> device.peer(key).stream())
                .flatMap(peer -> TunnelAddress.of(peer, routing).stream())
                .map(address -> new InetSocketAddress(routes.onLink(device.name(), address), port))
                .toList();
        Map<InetSocketAddress, IpAddress> sources = routes.sources(targets);
        Map<InetAddress, DatagramChannel> channels = new HashMap<>();
        try {
            for (InetSocketAddress target : targets) {
                // A datagram is known to go into the tunnel by being sent from one of the device's own addresses.
                IpAddress source = sources.get(target);
                if (source == null || !own.contains(source)) {
                    LOG.debug("nothing is sent to {}, which is not routed into the tunnel", target);
                } else {
                    send(target, routes.onLink(device.name(), source), channels);
                }
            }
        } finally {
            channels.values().forEach(DatagramTrigger::close);
        }
    }

    @Override
    public Optional<Probe> probe(Device device, PublicKey peer) {
        CryptokeyRouting routing = CryptokeyRouting.of(device);
        return device.peer(peer)
                .flatMap(found -> TunnelAddress.of(found, routing))
                .map(address -> new InetSocketAddress(routes.onLink(device.name(), address), port))
                .flatMap(target -> routes.source(target)
                        .filter(routes.addresses(device.name())::contains)
                        .map(source -> new InetSocketAddress(routes.onLink(device.name(), source), 0))
                        .flatMap(source -> TunnelProbe.open(source, target, routes.mtu(device.name()))));
    }

    private static void send(InetSocketAddress target, InetAddress source, Map<InetAddress, DatagramChannel> channels) {
        try {
            DatagramChannel channel = channels.get(source);
            if (channel == null) {
                channel = DatagramChannel.open(
                        source instanceof Inet6Address ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET);
                channels.put(source, channel);
                channel.bind(new InetSocketAddress(source, 0));
            }
            channel.send(ByteBuffer.allocate(0), target);
        } catch (IOException | UnsupportedOperationException e) {
            LOG.debug("nothing could be sent to {}: {}", target, e.getMessage());
        }
    }

    private static void close(DatagramChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("a socket does not close: {}", e.getMessage());
        }
    }
}
