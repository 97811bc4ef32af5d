package io.wgsd.command.options;

import io.wgsd.command.output.AddressText;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.Optional;

/** Warns if {@code --listen} leaves out the tunnel's own addresses, on which a registry listens by default. */
final class ListenCheck {

    private ListenCheck() {}

    /** Returns the addresses of a device; none if it has none, or is in another network namespace. */
    static List<InetAddress> addressesOf(String device) {
        try {
            NetworkInterface found = NetworkInterface.getByName(device);
            return found == null ? List.of() : found.inetAddresses().toList();
        } catch (SocketException e) {
            return List.of();
        }
    }

    /**
     * Returns a warning for the operator; empty if peers can reach the registry.
     *
     * @param device the device's name
     * @param ofDevice its addresses
     * @param listen where the registry listens; an empty list means the device's own addresses
     */
    static Optional<String> warning(String device, List<InetAddress> ofDevice, List<InetSocketAddress> listen) {
        boolean reached = listen.isEmpty()
                || ofDevice.isEmpty()
                || listen.stream()
                        .map(InetSocketAddress::getAddress)
                        .anyMatch(address -> address.isAnyLocalAddress() || ofDevice.contains(address));
        if (reached) {
            return Optional.empty();
        }
        String own = AddressText.of(new InetSocketAddress(ofDevice.get(0), 53));
        return Optional.of(
                "--listen takes the place of " + device + "'s own addresses, so peers cannot ask inside the tunnel;"
                        + " add --listen " + own + " to allow that");
    }
}
