package io.wgsd.server.secondary;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.util.List;
import java.util.Optional;

/**
 * From which of its addresses a registry notifies: secondaries heed only the one that they know as their primary's.
 */
final class SourceAddress {

    private SourceAddress() {}

    /**
     * Chooses an address of the target's family, best the one that the system would choose itself.
     *
     * @param target a secondary
     * @param listening where the registry listens
     * @return the source; empty where the registry listens at no address of that family
     */
    static Optional<InetAddress> towards(InetSocketAddress target, List<InetSocketAddress> listening) {
        List<InetAddress> candidates = listening.stream()
                .map(InetSocketAddress::getAddress)
                .filter(address -> address.getClass().equals(target.getAddress().getClass()))
                .toList();
        Optional<InetAddress> routed = routed(target).filter(candidates::contains);
        if (routed.isPresent()) {
            return routed;
        }
        boolean near = target.getAddress().isLoopbackAddress();
        return candidates.stream()
                .filter(address -> address.isLoopbackAddress() == near)
                .findFirst();
    }

    /** Asks the system for a route, which sends nothing. */
    private static Optional<InetAddress> routed(InetSocketAddress target) {
        try (DatagramChannel probe = DatagramChannel.open()) {
            probe.connect(target);
            return Optional.of(((InetSocketAddress) probe.getLocalAddress()).getAddress());
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
