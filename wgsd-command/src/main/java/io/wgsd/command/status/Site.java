package io.wgsd.command.status;

import io.wgsd.model.Endpoint;
import io.wgsd.model.IpAddress;
import io.wgsd.model.IpPrefix;
import io.wgsd.model.UnusableAddress;
import java.util.Optional;

/**
 * Where a peer seems to be, by its address: those behind one NAT have the same public one. That is no proof, since a
 * provider's NAT has many sites behind it.
 */
final class Site {

    /** What one site has of IPv6 at least (RFC 6177, section 2). */
    private static final int SUBNET = 64;

    private static final int UNIQUE_LOCAL = 0xfc;
    private static final int UNIQUE_LOCAL_MASK = 0xfe;
    private static final IpPrefix SHARED = IpPrefix.parse("100.64.0.0/10");

    private Site() {}

    /** Returns the public address, and of IPv6 the subnet; empty where an address is not public. */
    static Optional<String> of(Endpoint endpoint) {
        IpAddress address = endpoint.address();
        if (isLocal(address)
                || UnusableAddress.reason(address).isPresent()
                || (!address.isIpv6() && SHARED.contains(address))) {
            return Optional.empty();
        }
        return Optional.of(
                address.isIpv6() ? new IpPrefix(address.network(SUBNET), SUBNET).toString() : address.toString());
    }

    /** Returns whether an address is of a network of one's own (RFC 1918, RFC 4193) or of a link. */
    static boolean isLocal(IpAddress address) {
        return address.isLinkLocal()
                || (address.isIpv6()
                        ? (address.toBytes()[0] & UNIQUE_LOCAL_MASK) == UNIQUE_LOCAL
                        : address.toInetAddress().isSiteLocalAddress());
    }
}
