package io.wgsd.server.transport;

import io.wgsd.model.IpAddress;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

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

    /**
     * Returns an address that comes in two halves.
     *
     * @param high the upper half, of an IPv4 address that of the IPv4-mapped one
     * @param low the lower half
     * @return the address, never an IPv4-mapped one
     */
    public static IpAddress ip(long high, long low) {
        return IpAddress.of(ByteBuffer.allocate(2 * Long.BYTES)
                        .putLong(high)
                        .putLong(low)
                        .array())
                .unmapped();
    }
}
