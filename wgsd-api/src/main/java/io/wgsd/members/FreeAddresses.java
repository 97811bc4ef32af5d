package io.wgsd.members;

import io.wgsd.model.FormatException;
import io.wgsd.model.IpAddress;
import io.wgsd.model.IpPrefix;
import java.math.BigInteger;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Finds the lowest address of a range that nobody has. */
final class FreeAddresses {

    private FreeAddresses() {}

    /** What members have of the addresses, as numbers. */
    private record Taken(BigInteger first, BigInteger last) {}

    static IpPrefix lowest(IpPrefix range, Collection<Member> members) {
        List<Taken> taken = members.stream()
                .flatMap(member -> member.allowedIps().stream().filter(prefix -> isTaken(member, prefix, range)))
                .map(prefix -> new Taken(first(prefix), last(prefix)))
                .sorted(Comparator.comparing(Taken::first))
                .toList();
        int bits = range.network().bitLength();
        // The first address names the network (IPv6: any router of it), and IPv4's last one is everybody's.
        BigInteger free = range.length() < bits ? first(range).add(BigInteger.ONE) : first(range);
        BigInteger last = range.network().isIpv6() || range.length() >= bits - 1
                ? last(range)
                : last(range).subtract(BigInteger.ONE);
        for (Taken each : taken) {
            if (each.first().compareTo(free) > 0) {
                break;
            }
            free = free.max(each.last().add(BigInteger.ONE));
        }
        if (free.compareTo(last) > 0) {
            throw new FormatException(
                    "range", range.toString(), "has no free address left; remove members, or add another range");
        }
        return IpPrefix.of(address(free, bits / Byte.SIZE));
    }

    private static boolean isTaken(Member member, IpPrefix prefix, IpPrefix range) {
        boolean inRange = range.contains(prefix.network()) && prefix.length() >= range.length();
        // A registry's wider prefix is the way to all those that are not connected to it directly.
        boolean shared = member.role() == MemberRole.REGISTRY
                && prefix.length() < prefix.network().bitLength();
        return inRange && !shared;
    }

    private static BigInteger first(IpPrefix prefix) {
        return new BigInteger(1, prefix.network().toBytes());
    }

    private static BigInteger last(IpPrefix prefix) {
        return first(prefix)
                .add(BigInteger.ONE.shiftLeft(prefix.network().bitLength() - prefix.length()))
                .subtract(BigInteger.ONE);
    }

    private static IpAddress address(BigInteger number, int length) {
        byte[] bytes = number.toByteArray();
        byte[] address = new byte[length];
        int copied = Math.min(bytes.length, length);
        System.arraycopy(bytes, bytes.length - copied, address, length - copied, copied);
        return IpAddress.of(address);
    }
}
