package io.wgsd.relay.roster;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * From where packets come: an address, a port, and at which of the relay's sockets.
 *
 * <p>What goes back leaves by the same socket, since NATs and WireGuard expect it from there. Immutable and
 * thread-safe.
 */
public final class Source {

    private static final long MAPPED = 0xffff_0000_0000L;
    private static final long IPV4_MASK = 0xffff_ffffL;
    private static final int BYTES = 2 * Long.BYTES + Short.BYTES;
    private static final int SCOPE_SHIFT = 32;
    private static final int SOCKET_SHIFT = 16;

    private final long high;
    private final long low;
    private final long rest;
    private final InetSocketAddress address;

    private Source(long high, long low, long rest, InetSocketAddress address) {
        this.high = high;
        this.low = low;
        this.rest = rest;
        this.address = address;
    }

    /**
     * Returns a source.
     *
     * @param address a resolved address and a port
     * @param socket the number of the relay's socket, from 0 on
     * @return the source
     */
    public static Source of(InetSocketAddress address, int socket) {
        InetAddress host = address.getAddress();
        ByteBuffer bytes = ByteBuffer.wrap(host.getAddress());
        boolean v6 = host instanceof Inet6Address;
        int scope = host instanceof Inet6Address inet6 ? inet6.getScopeId() : 0;
        return new Source(
                v6 ? bytes.getLong(0) : 0,
                v6 ? bytes.getLong(Long.BYTES) : MAPPED | (bytes.getInt(0) & IPV4_MASK),
                rest(address.getPort(), socket, scope),
                address);
    }

    /**
     * Returns a source.
     *
     * @param high the upper half of the address, in network order; of an IPv4 address as an IPv4-mapped one
     * @param low the lower half
     * @param rest port, socket and scope, as {@link #rest(int, int, int)} has them
     * @return the source
     */
    public static Source of(long high, long low, long rest) {
        try {
            byte[] bytes = ByteBuffer.allocate(2 * Long.BYTES)
                    .putLong(high)
                    .putLong(low)
                    .array();
            int scope = (int) (rest >>> SCOPE_SHIFT);
            // An IPv4-mapped address becomes the IPv4 address that it means.
            InetAddress host =
                    scope == 0 ? InetAddress.getByAddress(bytes) : Inet6Address.getByAddress(null, bytes, scope);
            return new Source(high, low, rest, new InetSocketAddress(host, (int) rest & 0xffff));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("16 bytes are always an address", e);
        }
    }

    /**
     * Returns what a source is besides its address, as one number.
     *
     * @param port the port
     * @param socket the number of the relay's socket
     * @param scope an IPv6 address's scope, or 0
     * @return the number
     */
    public static long rest(int port, int socket, int scope) {
        return port | (long) socket << SOCKET_SHIFT | (long) scope << SCOPE_SHIFT;
    }

    /**
     * Returns the upper half of the address.
     *
     * @return eight bytes, in network order
     */
    public long high() {
        return high;
    }

    /**
     * Returns the lower half of the address.
     *
     * @return eight bytes, in network order
     */
    public long low() {
        return low;
    }

    /**
     * Returns port, socket and scope.
     *
     * @return the number that {@link #rest(int, int, int)} makes
     */
    public long rest() {
        return rest;
    }

    /**
     * Returns the number of the relay's socket.
     *
     * @return 0 or more
     */
    public int socket() {
        return (int) (rest >>> SOCKET_SHIFT) & 0xffff;
    }

    /**
     * Returns where to send to.
     *
     * @return the address and port
     */
    public InetSocketAddress address() {
        return address;
    }

    /**
     * Returns the network that counts as one identity: a /24, or a /56 of IPv6.
     *
     * @return a number that is the same for each source in that network
     */
    public long prefix() {
        return prefix(high, low);
    }

    /**
     * Returns the network that counts as one identity.
     *
     * @param high the upper half of an address
     * @param low the lower half
     * @return a number that is the same for each source in that network
     */
    public static long prefix(long high, long low) {
        return high == 0 && low >>> SCOPE_SHIFT == MAPPED >>> SCOPE_SHIFT ? low & ~0xffL : high & ~0xffL;
    }

    /**
     * Returns the address and the port as bytes, as a cookie is made of.
     *
     * @return 18 bytes
     */
    public byte[] toBytes() {
        return ByteBuffer.allocate(BYTES)
                .putLong(high)
                .putLong(low)
                .putShort((short) rest)
                .array();
    }

    /**
     * Returns whether another source has the same address, and another port.
     *
     * @param other the other source
     * @return whether the two differ in nothing else
     */
    public boolean isAnotherPortOf(Source other) {
        return high == other.high && low == other.low && !equals(other);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Source that && high == that.high && low == that.low && rest == that.rest;
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(new long[] {high, low, rest});
    }

    /** Returns the address and the port. */
    @Override
    public String toString() {
        return address.getAddress().getHostAddress() + " port " + address.getPort();
    }
}
