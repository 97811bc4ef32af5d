package io.wgsd.command.output;

import io.wgsd.model.Endpoint;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Optional;

/** Formats socket addresses as {@code HOST:PORT}, as options take them. */
public final class AddressText {

    private AddressText() {}

    /** Returns the text that options take; a link-local address has its link's name. */
    public static String of(InetSocketAddress address) {
        if (address.isUnresolved()) {
            return address.getHostString() + ":" + address.getPort();
        }
        if (address.getPort() == 0) {
            return address.toString();
        }
        Endpoint endpoint = Endpoint.of(address);
        return endpoint.scopeIndex().isEmpty()
                ? endpoint.toString()
                : linkName(endpoint.scopeIndex().getAsInt())
                        .map(name -> Endpoint.of(endpoint.address(), name, endpoint.port()))
                        .orElse(endpoint)
                        .toString();
    }

    private static Optional<String> linkName(int index) {
        try {
            return Optional.ofNullable(NetworkInterface.getByIndex(index)).map(NetworkInterface::getName);
        } catch (SocketException e) {
            return Optional.empty();
        }
    }
}
