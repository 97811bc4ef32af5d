package io.wgsd.model;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/**
 * A numeric IPv4 or IPv6 address that never resolves a name, forwards or backwards.
 *
 * <p>Unlike {@link InetAddress} it keeps an IPv4-mapped address as the IPv6 address it was read as, until
 * {@link #unmapped()} says otherwise. Order is IPv4 first, then that of the bytes, unsigned. Immutable and thread-safe.
 */
public final class IpAddress implements Comparable<IpAddress> {

    private final boolean v6;
    private final long high;
    private final long low;

    private IpAddress(boolean v6, long high, long low) {
        this.v6 = v6;
        this.high = high;
        this.low = low;
    }

    /**
     * Returns the address with these bytes.
     *
     * @param bytes 4 or 16 bytes in network order, which are copied
     * @return the address
     * @throws FormatException if there are neither 4 nor 16 bytes
     */
    public static IpAddress of(byte[] bytes) {
        return switch (bytes.length) {
            case 4 -> new IpAddress(false, 0, ByteBuffer.wrap(bytes).getInt() & 0xffff_ffffL);
            case 16 ->
                new IpAddress(
                        true,
                        ByteBuffer.wrap(bytes).getLong(),
                        ByteBuffer.wrap(bytes).getLong(8));
            default -> throw FormatException.withoutText("IP address", "must be 4 or 16 bytes, was " + bytes.length);
        };
    }

    /**
     * Returns the same address; a scope that an {@link java.net.Inet6Address} has is left behind.
     *
     * @param address an address of the Java runtime's kind
     * @return the address
     */
    public static IpAddress of(InetAddress address) {
        return of(address.getAddress());
    }

    /**
     * Parses a numeric address.
     *
     * @param text four decimal numbers without leading zeros, or IPv6 as in RFC 4291, section 2.2; no scope, no
     *     brackets
     * @return the address
     * @throws FormatException if the text is anything else, such as a host name
     */
    public static IpAddress parse(String text) {
        byte[] bytes = IpLiteral.parse(text);
        if (bytes == null) {
            throw new FormatException(
                    "IP address", text, "must be numeric, as in 192.0.2.1 or 2001:db8::1; names are not resolved");
        }
        return of(bytes);
    }

    /**
     * Returns whether this is an IPv6 address.
     *
     * @return false for IPv4
     */
    public boolean isIpv6() {
        return v6;
    }

    /**
     * Returns how many bits the address has.
     *
     * @return 32 or 128
     */
    public int bitLength() {
        return v6 ? 128 : 32;
    }

    /**
     * Returns a copy of the bytes, in network order.
     *
     * @return 4 or 16 bytes
     */
    public byte[] toBytes() {
        return v6
                ? ByteBuffer.allocate(16).putLong(high).putLong(low).array()
                : ByteBuffer.allocate(4).putInt((int) low).array();
    }

    /**
     * Returns the address as the Java runtime's kind, without a host name.
     *
     * @return an {@link InetAddress}; an IPv4-mapped address becomes an {@link java.net.Inet4Address}
     */
    public InetAddress toInetAddress() {
        try {
            return InetAddress.getByAddress(toBytes());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("4 or 16 bytes are always an address", e);
        }
    }

    /**
     * Returns the IPv4 address that an IPv4-mapped one ({@code ::ffff:0:0/96}) stands for.
     *
     * @return the IPv4 address, or this where it is not a mapped one
     */
    public IpAddress unmapped() {
        return v6 && high == 0 && low >>> 32 == 0xffff ? new IpAddress(false, 0, low & 0xffff_ffffL) : this;
    }

    /**
     * Returns the address with all bits behind a prefix's length cleared.
     *
     * @param length how many leading bits are kept, 0 to {@link #bitLength()}
     * @return the network's address
     * @throws IllegalArgumentException if the length is out of range
     */
    public IpAddress network(int length) {
        if (length < 0 || length > bitLength()) {
            throw new IllegalArgumentException("prefix length must be 0.." + bitLength() + ", was " + length);
        }
        if (!v6) {
            return new IpAddress(false, 0, low & leading(32 + length) & 0xffff_ffffL);
        }
        return new IpAddress(true, high & leading(Math.min(length, 64)), low & leading(Math.max(length - 64, 0)));
    }

    /**
     * Returns whether this is {@code 0.0.0.0} or {@code ::}.
     *
     * @return whether all bits are zero
     */
    public boolean isUnspecified() {
        return high == 0 && low == 0;
    }

    /**
     * Returns whether the address is this host's own: {@code 127.0.0.0/8} or {@code ::1}.
     *
     * @return whether it is a loopback address
     */
    public boolean isLoopback() {
        return v6 ? high == 0 && low == 1 : low >>> 24 == 127;
    }

    /**
     * Returns whether the address is a group's: {@code 224.0.0.0/4} or {@code ff00::/8}.
     *
     * @return whether it is a multicast address
     */
    public boolean isMulticast() {
        return v6 ? high >>> 56 == 0xff : low >>> 28 == 14;
    }

    /**
     * Returns whether the address means something on one link only: {@code 169.254.0.0/16} or {@code fe80::/10}.
     *
     * @return whether it is a link-local address
     */
    public boolean isLinkLocal() {
        return v6 ? high >>> 54 == 0x3fa : low >>> 16 == 0xa9fe;
    }

    @Override
    public int compareTo(IpAddress other) {
        if (v6 != other.v6) {
            return v6 ? 1 : -1;
        }
        int order = Long.compareUnsigned(high, other.high);
        return order != 0 ? order : Long.compareUnsigned(low, other.low);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IpAddress that && v6 == that.v6 && high == that.high && low == that.low;
    }

    @Override
    public int hashCode() {
        return 31 * (31 * Boolean.hashCode(v6) + Long.hashCode(high)) + Long.hashCode(low);
    }

    /** Returns the address as RFC 5952 recommends: lower case, the longest run of zeros left out. */
    @Override
    public String toString() {
        return IpLiteral.format(toBytes());
    }

    private static long leading(int bits) {
        return bits == 0 ? 0 : -1L << (64 - bits);
    }
}
