package io.wgsd.server.transport;

import java.net.Inet6Address;
import java.net.InetSocketAddress;

/** Socket addresses as people write them. */
public final class SocketAddresses {

    private SocketAddresses() {}

    /**
     * Returns a socket address without the slash and the host name that the Java runtime shows.
     *
     * @param address a resolved address
     * @return as in {@code 10.0.0.254:53} or {@code [fd00::1]:53}
     */
    public static String format(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return address.getAddress() instanceof Inet6Address
                ? "[" + host + "]:" + address.getPort()
                : host + ":" + address.getPort();
    }
}
