package io.wgsd.model;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Which addresses no other host could send to: a registry does not serve them as endpoints, and no agent
 * writes them.
 *
 * <p>Loopback, multicast, unspecified and link-local addresses, broadcast, {@code 0.0.0.0/8}, {@code 240.0.0.0/4},
 * {@code ::/96}, and each IPv6 form that stands for such an IPv4 address: mapped (RFC 4291, 2.5.5.2), NAT64's
 * well-known and local prefixes (RFC 6052, RFC 8215) and 6to4 (RFC 3056). Addresses for documentation and private
 * networks are none of these. Pure and thread-safe.
 */
public final class UnusableAddress {

    private static final IpAddress BROADCAST = IpAddress.parse("255.255.255.255");
    private static final IpPrefix THIS_NETWORK = IpPrefix.parse("0.0.0.0/8");
    private static final IpPrefix RESERVED = IpPrefix.parse("240.0.0.0/4");
    private static final IpPrefix COMPATIBLE = IpPrefix.parse("::/96");

    /** A prefix whose addresses stand for IPv4 addresses, and the first byte of these. */
    private record Form(IpPrefix prefix, int offset) {}

    private static final List<Form> FORMS = List.of(
            new Form(IpPrefix.parse("::ffff:0:0/96"), 12),
            new Form(IpPrefix.parse("64:ff9b::/96"), 12),
            new Form(IpPrefix.parse("64:ff9b:1::/48"), 12),
            new Form(IpPrefix.parse("2002::/16"), 2));

    private UnusableAddress() {}

    /**
     * Returns why no other host could send to an address.
     *
     * @param address the address
     * @return a clause such as "it is a loopback address"; empty where the address is usable
     */
    public static Optional<String> reason(IpAddress address) {
        Optional<String> plain = plain(address);
        return plain.isPresent()
                ? plain
                : embedded(address).flatMap(inner -> plain(inner).map(why -> "it stands for " + inner + ": " + why));
    }

    /**
     * Returns the IPv4 address that an IPv6 address stands for by its form, so that what holds for the one is asked of
     * the other.
     *
     * @param address the address
     * @return the IPv4 address; empty for IPv4 and for all other IPv6 addresses
     */
    public static Optional<IpAddress> embedded(IpAddress address) {
        for (Form form : FORMS) {
            if (form.prefix().contains(address)) {
                byte[] bytes = address.toBytes();
                return Optional.of(IpAddress.of(Arrays.copyOfRange(bytes, form.offset(), form.offset() + 4)));
            }
        }
        return Optional.empty();
    }

    private static Optional<String> plain(IpAddress address) {
        if (address.isUnspecified()) {
            return Optional.of("it is the unspecified address");
        }
        if (address.isLoopback()) {
            return Optional.of("it is a loopback address");
        }
        if (address.isMulticast() || address.equals(BROADCAST)) {
            return Optional.of("it is no single host's address");
        }
        if (address.isLinkLocal()) {
            return Optional.of("it is a link-local address");
        }
        if (THIS_NETWORK.contains(address) || COMPATIBLE.contains(address)) {
            return Optional.of("it is one that no host has (" + (address.isIpv6() ? COMPATIBLE : THIS_NETWORK) + ")");
        }
        return RESERVED.contains(address) ? Optional.of("it is reserved (" + RESERVED + ")") : Optional.empty();
    }
}
