package io.wgsd.model;

/**
 * A network in CIDR notation, such as one of a peer's allowed IPs: an address whose host bits are zero, and a length.
 *
 * <p>Order is that of the networks, then shorter before longer. Immutable and thread-safe.
 *
 * @param network the first address; host bits that it has are cleared
 * @param length how many leading bits count: 0 to 32 for IPv4, 0 to 128 for IPv6
 */
public record IpPrefix(IpAddress network, int length) implements Comparable<IpPrefix> {

    private static final String RULE =
            "must be a numeric address and a length of 0..32 (IPv4) or 0..128 (IPv6), as in 10.0.0.0/24 or fd00::/64";

    /**
     * Makes a prefix and clears its host bits.
     *
     * @param network an address of the network
     * @param length how many leading bits count
     * @throws IllegalArgumentException if the length is out of range
     */
    public IpPrefix {
        network = network.network(length);
    }

    /**
     * Returns the prefix that holds just one address.
     *
     * @param address the address
     * @return a prefix of length 32 or 128
     */
    public static IpPrefix of(IpAddress address) {
        return new IpPrefix(address, address.bitLength());
    }

    /**
     * Parses CIDR notation; host bits are cleared, and an address alone is a prefix of its whole length, as {@code wg}
     * has both.
     *
     * @param text as in {@code 10.0.0.0/24}, {@code 10.0.0.1} or {@code fd00::/64}
     * @return the prefix
     * @throws FormatException if the text is anything else
     */
    public static IpPrefix parse(String text) {
        int slash = text.indexOf('/');
        byte[] bytes = IpLiteral.parse(slash < 0 ? text : text.substring(0, slash));
        if (bytes == null) {
            throw new FormatException("prefix", text, RULE);
        }
        IpAddress address = IpAddress.of(bytes);
        if (slash < 0) {
            return of(address);
        }
        int length = Decimal.parse(text.substring(slash + 1), address.bitLength());
        if (length < 0) {
            throw new FormatException("prefix", text, RULE);
        }
        return new IpPrefix(address, length);
    }

    /**
     * Returns whether an address belongs to this network.
     *
     * @param address an address of either family
     * @return false where the families differ
     */
    public boolean contains(IpAddress address) {
        return address.isIpv6() == network.isIpv6() && address.network(length).equals(network);
    }

    /**
     * Returns whether this is the whole of an address family, {@code 0.0.0.0/0} or {@code ::/0}.
     *
     * @return whether the length is 0
     */
    public boolean isDefaultRoute() {
        return length == 0;
    }

    @Override
    public int compareTo(IpPrefix other) {
        int order = network.compareTo(other.network);
        return order != 0 ? order : Integer.compare(length, other.length);
    }

    // Written out, since what Java makes of itself takes long to prepare, and a pass may be over before it pays.
    @Override
    public boolean equals(Object other) {
        return other instanceof IpPrefix that && length == that.length && network.equals(that.network);
    }

    @Override
    public int hashCode() {
        return 31 * network.hashCode() + length;
    }

    /** Returns CIDR notation, as in {@code 10.0.0.0/24}. */
    @Override
    public String toString() {
        return network + "/" + length;
    }
}
