package io.wgsd.discovery.decide.local;

import io.wgsd.model.IpAddress;
import io.wgsd.model.IpPrefix;
import java.util.List;

/** How far an address reaches. */
public final class AddressScope {

    /** RFC 1918, RFC 4193. */
    private static final List<IpPrefix> OF_ONE_SITE = List.of(
            IpPrefix.parse("10.0.0.0/8"),
            IpPrefix.parse("172.16.0.0/12"),
            IpPrefix.parse("192.168.0.0/16"),
            IpPrefix.parse("fc00::/7"));

    /** RFC 6598: between a provider's NAT and those of its customers. */
    private static final IpPrefix SHARED = IpPrefix.parse("100.64.0.0/10");

    /** RFC 4291, section 2.4: what is assigned at present. */
    private static final IpPrefix GLOBAL = IpPrefix.parse("2000::/3");

    private AddressScope() {}

    /** Returns whether an address means something in its own network only. */
    public static boolean isPrivate(IpAddress address) {
        return isOfOneSite(address) || SHARED.contains(address);
    }

    /** Returns whether an address is one of those that sites give to their own hosts. */
    public static boolean isOfOneSite(IpAddress address) {
        return OF_ONE_SITE.stream().anyMatch(prefix -> prefix.contains(address));
    }

    /** Returns whether it is an address of IPv6 that means the same everywhere. */
    public static boolean isGlobalIpv6(IpAddress address) {
        return GLOBAL.contains(address);
    }
}
