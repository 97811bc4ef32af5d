package io.wgsd.discovery.route;

import io.wgsd.model.IpAddress;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out from which address the system would send, by connecting a UDP socket, one for each family, which sends
 * nothing.
 *
 * <p>Not thread-safe.
 */
final class RouteProbe implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RouteProbe.class);

    private final Map<ProtocolFamily, DatagramChannel> sockets = new HashMap<>();

    /** Returns the source address for a destination; empty where there is no route. */
    Optional<IpAddress> source(InetSocketAddress destination) {
        ProtocolFamily family = destination.getAddress() instanceof Inet6Address
                ? StandardProtocolFamily.INET6
                : StandardProtocolFamily.INET;
        try {
            DatagramChannel socket = sockets.get(family);
            if (socket == null) {
                socket = DatagramChannel.open(family);
                sockets.put(family, socket);
            } else {
                socket.disconnect();
            }
            socket.connect(destination);
            return socket.getLocalAddress() instanceof InetSocketAddress local
                    ? Optional.of(IpAddress.of(local.getAddress()))
                    : Optional.empty();
        } catch (IOException | UnsupportedOperationException e) {
            // A failed connection may leave the socket in some other state, so the next one gets a new socket.
            close(sockets.remove(family));
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        sockets.values().forEach(RouteProbe::close);
        sockets.clear();
    }

    private static void close(@Nullable DatagramChannel socket) {
        try {
            if (socket != null) {
                socket.close();
            }
        } catch (IOException e) {
            LOG.debug("a socket does not close: {}", e.getMessage());
        }
    }
}
