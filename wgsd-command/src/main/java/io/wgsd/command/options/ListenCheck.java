package io.wgsd.command.options;

import io.wgsd.command.output.AddressText;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.Optional;

/** Warns of addresses to listen at that leave the tunnel's out, which are listened at without any. */
final class ListenCheck {

    private ListenCheck() {}

    /** Returns the addresses of a device; none where it has none, or is in another network. */
    static List<InetAddress> addressesOf(String device) {
        try {
            NetworkInterface found = NetworkInterface.getByName(device);
            return found == null ? List.of() : found.inetAddresses().toList();
        } catch (SocketException e) {
            return List.of();
        }
    }

    /**
     * Returns what to tell the operator; empty where peers can ask.
     *
     * @param device the device's name
     * @param ofDevice its addresses
     * @param listen where the registry is to listen; nowhere in particular is at the device's own
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
                        + " add --listen " + own + " if they are to");
    }
}
