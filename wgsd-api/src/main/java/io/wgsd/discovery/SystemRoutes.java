package io.wgsd.discovery;

import io.wgsd.model.IpAddress;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The running system's addresses and routes, as connecting a UDP socket shows them, which sends nothing. */
final class SystemRoutes implements Routes {

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
        StandardProtocolFamily family = destination.getAddress() instanceof Inet6Address
                ? StandardProtocolFamily.INET6
                : StandardProtocolFamily.INET;
        try (DatagramChannel probe = DatagramChannel.open(family)) {
            probe.connect(destination);
            return probe.getLocalAddress() instanceof InetSocketAddress local
                    ? Optional.of(IpAddress.of(local.getAddress()))
                    : Optional.empty();
        } catch (IOException | UnsupportedOperationException e) {
            return Optional.empty();
        }
    }

    private static Stream<IpAddress> addresses(NetworkInterface each) {
        return each.inetAddresses().map(IpAddress::of);
    }
}
