package io.wgsd.backend.netlink.codec;

import io.wgsd.model.IpAddress;
import io.wgsd.model.IpPrefix;
import java.net.ProtocolException;

/** Allowed IPs as nests of a family, an address and a length. */
final class AllowedIps {

    /** What the nest of one takes: headers, family, address, length, each with its padding. */
    private static final int LENGTH4 = 4 + 8 + 8 + 8;

    private static final int LENGTH6 = 4 + 8 + 20 + 8;
    private static final int FLAGS_LENGTH = 8;

    private AllowedIps() {}

    static IpPrefix read(Attributes attributes) throws ProtocolException {
        int family = 0;
        int length = -1;
        IpAddress address = null;
        while (attributes.next()) {
            switch (attributes.type()) {
                case WireGuard.ALLOWEDIP_A_FAMILY -> family = attributes.u16();
                case WireGuard.ALLOWEDIP_A_IPADDR -> address = address(attributes);
                case WireGuard.ALLOWEDIP_A_CIDR_MASK -> length = attributes.u8();
                default -> {}
            }
        }
        if (address == null || !isWhole(family, address, length)) {
            throw new ProtocolException(
                    "an allowed IP of family " + family + " with address " + address + " and length " + length);
        }
        return new IpPrefix(address, length);
    }

    /** Returns how many bytes one takes in a message. */
    static int length(IpPrefix prefix, boolean remove) {
        return (prefix.network().isIpv6() ? LENGTH6 : LENGTH4) + (remove ? FLAGS_LENGTH : 0);
    }

    static void write(MessageWriter out, IpPrefix prefix, boolean remove) {
        int nest = out.beginNest(0);
        out.u16(WireGuard.ALLOWEDIP_A_FAMILY, prefix.network().isIpv6() ? WireGuard.AF_INET6 : WireGuard.AF_INET);
        out.bytes(WireGuard.ALLOWEDIP_A_IPADDR, prefix.network().toBytes());
        out.u8(WireGuard.ALLOWEDIP_A_CIDR_MASK, prefix.length());
        if (remove) {
            out.u32(WireGuard.ALLOWEDIP_A_FLAGS, WireGuard.ALLOWEDIP_F_REMOVE_ME);
        }
        out.endNest(nest);
    }

    private static IpAddress address(Attributes attribute) throws ProtocolException {
        return IpAddress.of(attribute.bytes(attribute.length() == 4 ? 4 : 16));
    }

    private static boolean isWhole(int family, IpAddress address, int length) {
        return family == (address.isIpv6() ? WireGuard.AF_INET6 : WireGuard.AF_INET)
                && length >= 0
                && length <= address.bitLength();
    }
}
